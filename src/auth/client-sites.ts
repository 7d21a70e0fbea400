import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";

/**
 * The field of a client's record that holds the origin of the web page that registered the client. Pages of this origin
 * may later use the client's tokens in a browser. The OAuth provider does not store fields that it does not know. But
 * it stores a `client_uri` for each language (RFC 7591 §2.2), so the origin is stored under a private language tag (BCP
 * 47).
 */
const registeringPage = "client_uri#x-page";

/**
 * The host names of a client's own sites, whose web pages may call the MCP endpoint with the client's tokens. These are
 * the hosts of the client's redirect addresses, of the page that registered the client, and of the client's metadata
 * document. The function looks up the host names only for a request from a web page, which has an Origin header.
 */
export async function findClientSites(
  request: Request,
  helpers: Pick<OAuthHelpers, "lookupClient">,
  clientId: string,
): Promise<string[]> {
  if (!request.headers.has("origin")) return [];
  const document = URL.parse(clientId);
  if (document?.protocol === "https:") return [document.hostname];
  const client = await helpers.lookupClient(clientId);
  return [...(client?.redirectUris ?? []), client?.i18n?.[registeringPage] ?? ""].flatMap((address) => {
    const url = URL.parse(address);
    return url && /^https?:$/.test(url.protocol) ? [url.hostname] : [];
  });
}

/**
 * Adds the value of a request's Origin header to the client registration that the request contains. The stored
 * registration then says from which web page it was sent. If the registration is not valid JSON, it stays unchanged,
 * and the OAuth provider refuses it.
 */
export async function withRegisteringPage(request: Request): Promise<Request> {
  const page = URL.parse(request.headers.get("origin") ?? "");
  if (page === null || !/^https?:$/.test(page.protocol)) return request;
  const text = await request.text();
  const metadata = z.record(z.string(), z.unknown()).safeParse(parseJson(text));
  const body = metadata.success ? JSON.stringify({ ...metadata.data, [registeringPage]: page.origin }) : text;
  return new Request(request, { body });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the OAuth provider then refuses the registration with its own message
  }
}

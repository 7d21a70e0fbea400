import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";

/**
 * The field of a client's record that holds the origin of the web page that registered the client. Pages of this origin
 * may use the client's tokens in a browser. The OAuth provider stores only fields that it knows, and it knows no field
 * for this origin. But a client may have a `client_uri` for each language (RFC 7591 §2.2), and the provider stores them
 * all. So the origin is stored as the `client_uri` of a language that does not exist: "x-page", a private language tag
 * (BCP 47).
 */
const registeringPage = "client_uri#x-page";

/**
 * Returns the host names whose web pages may call the MCP endpoint with the client's tokens. If the client has a
 * metadata document, this is the host of the document. If it has none, these are the hosts of its redirect addresses
 * and the host of the web page that registered it. Only a request from a web page has an Origin header. For a request
 * without this header, no names are looked up.
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
 * Adds the Origin header of a client registration to the registration, so that it is known which web page sent it. If
 * the registration is not valid JSON, it stays unchanged, and the OAuth provider refuses it.
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

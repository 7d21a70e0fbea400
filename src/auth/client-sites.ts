import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";

/**
 * The page that registered a client, as one more of its addresses: what a browser may do here with a registration, it
 * may also do with the tokens. The provider keeps an address of the client for each language (RFC 7591 §2.2), so it is
 * kept under a private tag (BCP 47).
 */
const registeringPage = "client_uri#x-page";

/**
 * The sites of a client, as host names: those that it registered for the way back, the page that registered it, or that
 * of its document. Its own pages may call the MCP endpoint with its tokens. Looked up only for a request from a page,
 * which names its origin.
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

/** A registration with the page that sends it, which the browser names. One that cannot be read stays as it is. */
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
    return null; // the provider refuses it in its own words
  }
}

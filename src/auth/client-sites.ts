import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";

/**
 * The field of a client's record that holds the web page that registered it. The OAuth provider stores no unknown
 * fields. It does store a `client_uri` for each language (RFC 7591 §2.2), so the page's origin is stored under a
 * private language tag (BCP 47). A page that may register a client may also use the client's tokens in a browser.
 */
const registeringPage = "client_uri#x-page";

/**
 * The host names of a client's own sites. They come from its redirect addresses, from the page that registered it, or
 * from the address of its document. Web pages of these sites may call the MCP endpoint with the client's tokens. The
 * lookup runs only for a request from a web page, which has an Origin header.
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
 * Adds the web page that sends a registration, which the browser names in the Origin header. A registration that is not
 * valid JSON stays unchanged, because the provider refuses it anyway.
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
    return null; // the provider then refuses the registration with its own message
  }
}

import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";

/**
 * The sites of a client, as host names: those that it registered for the way back, or that of its document. Its own
 * pages may call the MCP endpoint with its tokens. Looked up only for a request from a page, which names its origin.
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
  return (client?.redirectUris ?? []).flatMap((address) => {
    const url = URL.parse(address);
    return url && /^https?:$/.test(url.protocol) ? [url.hostname] : [];
  });
}

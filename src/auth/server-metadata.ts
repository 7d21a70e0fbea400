import { isLoopback } from "../config.ts";

export const serverMetadataPath = "/.well-known/oauth-authorization-server";

/**
 * If the server runs on the person's own computer, changes the authorization server's metadata so that it does not
 * offer client metadata documents. The server would have to fetch these documents. A local server often cannot fetch
 * them, because it has no Internet access or a vendor's site refuses its request. Without the offer, clients register
 * at the server, which always works.
 */
export async function withoutDocumentOffer(response: Response, origin: string): Promise<Response> {
  if (!isLoopback(origin) || !response.ok || response.body === null) return response;
  const metadata = await response.json<Record<string, unknown>>();
  const headers = new Headers(response.headers);
  headers.delete("content-length"); // the header states the length of the unchanged body
  return Response.json({ ...metadata, client_id_metadata_document_supported: false }, { headers });
}

import { isLoopback } from "../config.ts";

export const serverMetadataPath = "/.well-known/oauth-authorization-server";

/**
 * Changes the authorization server's metadata when this server runs on the person's own computer. The metadata then
 * says that client metadata documents are not supported. A server on a person's computer often has no Internet access
 * to fetch these documents, and some vendors' sites refuse its requests. Clients then register at this server instead,
 * which needs no Internet access.
 */
export async function withoutDocumentOffer(response: Response, origin: string): Promise<Response> {
  if (!isLoopback(origin) || !response.ok || response.body === null) return response;
  const metadata = await response.json<Record<string, unknown>>();
  const headers = new Headers(response.headers);
  headers.delete("content-length"); // the length was that of the unchanged body
  return Response.json({ ...metadata, client_id_metadata_document_supported: false }, { headers });
}

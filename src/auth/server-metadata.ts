import { isLoopback } from "../config.ts";

export const serverMetadataPath = "/.well-known/oauth-authorization-server";

/**
 * Changes the authorization server's metadata when the server runs on the person's own computer. The metadata then does
 * not offer client metadata documents. Such a server often has no Internet access to fetch them, and some vendors'
 * sites refuse its requests. A client to which no documents are offered registers at this server instead, which needs
 * no Internet access.
 */
export async function withoutDocumentOffer(response: Response, origin: string): Promise<Response> {
  if (!isLoopback(origin) || !response.ok || response.body === null) return response;
  const metadata = await response.json<Record<string, unknown>>();
  const headers = new Headers(response.headers);
  headers.delete("content-length"); // the length was that of the unchanged body
  return Response.json({ ...metadata, client_id_metadata_document_supported: false }, { headers });
}

import { isLoopback } from "../config.ts";

export const serverMetadataPath = "/.well-known/oauth-authorization-server";

/**
 * The authorization server's metadata, which does not offer client documents on this computer: a server here often has no
 * Internet, and vendors' sites refuse some. A client that sees no offer registers, which works everywhere.
 */
export async function withoutDocumentOffer(response: Response, origin: string): Promise<Response> {
  if (!isLoopback(origin) || !response.ok || response.body === null) return response;
  const metadata = await response.json<Record<string, unknown>>();
  const headers = new Headers(response.headers);
  headers.delete("content-length"); // of the body before
  return Response.json({ ...metadata, client_id_metadata_document_supported: false }, { headers });
}

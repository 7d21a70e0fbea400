import * as z from "zod/mini";
import { isLoopback } from "../config.ts";

export const serverMetadataPath = "/.well-known/oauth-authorization-server";

const serverMetadata = z.looseObject({ issuer: z.string() });

/**
 * If the server runs on a person's own computer, it does not offer client metadata documents. The server would have to
 * fetch these documents. This often fails, because the computer has no Internet access or a vendor's site refuses the
 * request. If the server does not offer the documents, clients register at the server, and this always works.
 */
export async function withoutDocumentOffer(response: Response, origin: string): Promise<Response> {
  if (!isLoopback(origin) || !response.ok || response.body === null) return response;
  const metadata = serverMetadata.parse(await response.json());
  const headers = new Headers(response.headers);
  headers.delete("content-length"); // the length was that of the unchanged body
  return Response.json({ ...metadata, client_id_metadata_document_supported: false }, { headers });
}

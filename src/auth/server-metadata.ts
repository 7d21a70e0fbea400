import * as z from "zod/mini";
import { isLoopback } from "../config.ts";

export const serverMetadataPath = "/.well-known/oauth-authorization-server";

const serverMetadata = z.looseObject({ issuer: z.string() });

/**
 * On the person's own computer, the server does not offer client metadata documents. It would have to fetch them, which
 * often fails, because it has no Internet access or a vendor's site refuses its request. Without the offer, clients
 * register at the server, which always works.
 */
export async function withoutDocumentOffer(response: Response, origin: string): Promise<Response> {
  if (!isLoopback(origin) || !response.ok || response.body === null) return response;
  const metadata = serverMetadata.parse(await response.json());
  const headers = new Headers(response.headers);
  headers.delete("content-length"); // the length was that of the unchanged body
  return Response.json({ ...metadata, client_id_metadata_document_supported: false }, { headers });
}

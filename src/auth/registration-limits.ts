import * as z from "zod";

/** The longest client registration that is stored, in characters of JSON. Real clients send under 2,000. */
const longestRecord = 8_000;
const longestName = 200;
const mostAddresses = 20;
const longestAddress = 1_000;

const metadata = z.looseObject({
  client_name: z.string().max(longestName).optional(),
  redirect_uris: z.array(z.string().max(longestAddress)).max(mostAddresses).optional(),
});

/**
 * Why a registration is rejected (RFC 7591, `invalid_client_metadata`), as a sentence; null when it is within the
 * limits.
 */
export function findOversize(clientMetadata: Record<string, unknown>): string | null {
  if (JSON.stringify(clientMetadata).length > longestRecord) {
    return `The whole registration may have ${longestRecord} characters.`;
  }
  if (metadata.safeParse(clientMetadata).success) return null;
  return `client_name may have ${longestName} characters, and redirect_uris ${mostAddresses} addresses of ${longestAddress} characters.`;
}

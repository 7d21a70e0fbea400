import * as z from "zod";

/** What a client that registers itself may have us keep, in characters of JSON; real ones have under 2,000. */
const longestRecord = 8_000;
const longestName = 200;
const mostAddresses = 20;
const longestAddress = 1_000;

const metadata = z.looseObject({
  client_name: z.string().max(longestName).optional(),
  redirect_uris: z.array(z.string().max(longestAddress)).max(mostAddresses).optional(),
});

/** Why a registration is refused (RFC 7591, `invalid_client_metadata`), in a sentence; null for one that fits. */
export function findOversize(clientMetadata: Record<string, unknown>): string | null {
  if (JSON.stringify(clientMetadata).length > longestRecord) {
    return `The whole registration may have ${longestRecord} characters.`;
  }
  if (metadata.safeParse(clientMetadata).success) return null;
  return `client_name may have ${longestName} characters, and redirect_uris ${mostAddresses} addresses of ${longestAddress} characters.`;
}

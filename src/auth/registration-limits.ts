import * as z from "zod/mini";
import { hasPlainHost } from "./client-document.ts";
import { acceptedTargets, isAcceptedTarget } from "./redirect-target.ts";

/**
 * The longest registration that is accepted, in characters of JSON. Registrations of real clients have fewer than
 * 2,000.
 */
const longestRecord = 8_000;
const longestName = 200;
const mostAddresses = 20;
const longestAddress = 1_000;

const metadata = z.looseObject({
  client_name: z.optional(z.string().check(z.maxLength(longestName))),
  redirect_uris: z.optional(z.array(z.string().check(z.maxLength(longestAddress))).check(z.maxLength(mostAddresses))),
});

/**
 * Returns a sentence that says why the registration of an OAuth client is rejected (RFC 7591,
 * `invalid_client_metadata`), or null when it is accepted.
 */
export function findRegistrationRefusal(clientMetadata: Record<string, unknown>): string | null {
  if (JSON.stringify(clientMetadata).length > longestRecord) {
    return `The whole registration may have at most ${longestRecord} characters.`;
  }
  const parsed = metadata.safeParse(clientMetadata);
  if (parsed.success && parsed.data.redirect_uris?.every(hasPlainHost) === false) {
    return "The host of a redirect address may have only letters, digits, dots, dashes and underscores.";
  }
  if (parsed.success && parsed.data.redirect_uris?.some(isAcceptedTarget) === false) {
    return `None of the redirect addresses is of an accepted kind. This server sends access only to ${acceptedTargets}.`;
  }
  if (parsed.success) return null;
  return `client_name may have at most ${longestName} characters, and redirect_uris at most ${mostAddresses} addresses of at most ${longestAddress} characters each.`;
}

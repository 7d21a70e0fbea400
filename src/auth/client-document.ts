import { AuthorizationError, CimdFetchError } from "@cloudflare/workers-oauth-provider";

/**
 * A client id may be the https address of a client metadata document, which the provider fetches. The document may name
 * the address of its keys, which the provider fetches too. Each address is checked before it is fetched.
 */

/** Host names that only resolve in a local network. */
const localName = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
/** The longest client id that is accepted: it is shown, stored and logged. */
const longestClientId = 500;

/**
 * Whether an address may be fetched: https, its host is no IP address and no local name, and it has no port and no user.
 * The platform's own setting blocks fetches from private networks; this check comes before any lookup.
 */
export function isPublicAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== "https:") return false;
  const { hostname } = url; // URL parsing has turned any notation of an IPv4 address into four decimal numbers
  const isNumber = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  const isName = hostname.includes(".") && !hostname.endsWith(".") && !localName.test(hostname);
  return !isNumber && isName && url.port === "" && url.username === "" && url.password === "";
}

/**
 * Whether a client id is accepted: short, on one line, and, if it is an address, one that may be fetched. Parsing an
 * address removes line breaks, so they are looked for before.
 */
export function isAcceptableClientId(clientId: string): boolean {
  if (clientId.length > longestClientId || /[\p{C}\p{Z}]/u.test(clientId)) return false;
  return URL.parse(clientId)?.protocol !== "https:" || isPublicAddress(clientId);
}

/** Whether a client id is the address of a document. */
export function isDocumentAddress(clientId: string): boolean {
  return URL.parse(clientId)?.protocol === "https:";
}

/** Client documents are switched off by a setting, and a client names its document. */
export class DocumentsOffError extends Error {
  override name = "DocumentsOffError" as const;
}

/** For a token request, in the words that clients show. */
export const documentsOff =
  "This server no longer reads the documents of clients. Sign in again: your client then registers here instead.";

/** For a token request of a client whose document cannot be read: nothing is lost, so it must not sign in again. */
export const documentUnreadable =
  "The document that identifies this client could not be read just now. The access is kept. Try again in a minute.";

export function expectPublicClient(clientId: string): void {
  if (isAcceptableClientId(clientId)) return;
  throw new CimdFetchError(clientId, new Error("not a public address"));
}

/**
 * Throws for a redirect address whose host has characters beyond those of host names. Parsing accepts some that would
 * end a directive of the content security policy, which names the host.
 */
export function expectPlainHost(redirectUri: string): void {
  if (hasPlainHost(redirectUri)) return;
  throw new AuthorizationError("invalid_request", { description: "The redirect address has an unusual host" });
}

export function hasPlainHost(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^([a-z0-9._-]*|\[[0-9a-f:.]+\])$/.test(url.hostname);
}

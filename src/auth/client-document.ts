import { AuthorizationError, CimdFetchError } from "@cloudflare/workers-oauth-provider";

/**
 * A client id may be the https address of a client metadata document, which the OAuth provider fetches. The document
 * may contain the address of the client's keys, which the provider also fetches. This file checks each address before
 * it is fetched, so that no client can make the server fetch from a local network.
 */

const localName = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;
/** In characters. The limit exists because client ids are shown, stored and logged. */
const longestClientId = 500;

/**
 * Whether the server may fetch an address. The address must use https, and its host must be a public name and not an IP
 * address. It must not contain a port or a user name. The platform also blocks fetches from private networks. But this
 * check also works without the platform, and it comes before any DNS lookup.
 */
export function isPublicAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== "https:") return false;
  const { hostname } = url; // URL parsing has turned every notation of an IPv4 address into four decimal numbers
  const isNumber = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  const isName = hostname.includes(".") && !hostname.endsWith(".") && !localName.test(hostname);
  return !isNumber && isName && url.port === "" && url.username === "" && url.password === "";
}

/**
 * A client id must be short and on one line. If it is an address, the server must be allowed to fetch it. The function
 * looks for line breaks in the text itself, because the URL parser removes line breaks without an error.
 */
export function isAcceptableClientId(clientId: string): boolean {
  if (clientId.length > longestClientId || /[\p{C}\p{Z}]/u.test(clientId)) return false;
  return URL.parse(clientId)?.protocol !== "https:" || isPublicAddress(clientId);
}

export function isDocumentAddress(clientId: string): boolean {
  return URL.parse(clientId)?.protocol === "https:";
}

/**
 * Thrown when a client's id is the address of a client metadata document, but the operator has switched these documents
 * off.
 */
export class DocumentsOffError extends Error {
  override name = "DocumentsOffError" as const;
}

/**
 * Refuses a token request of a client with a client metadata document, when the operator has switched these documents
 * off. Clients show this text to people.
 */
export const documentsOff =
  "This server no longer reads the documents with which clients identify themselves. Sign in again. Your client then registers with this server instead.";

/**
 * Refuses a token request of a client whose metadata document cannot be read. The client can try again later with the
 * same tokens, so the text must not tell people to sign in again.
 */
export const documentUnreadable =
  "The document that identifies this client could not be read just now. The access is kept. Try again in a minute.";

export function expectPublicClient(clientId: string): void {
  if (isAcceptableClientId(clientId)) return;
  throw new CimdFetchError(clientId, new Error("not a public address"));
}

/**
 * Throws when the host of a redirect address contains characters that host names do not have. The content security
 * policy of a page contains this host, and URL parsing accepts characters, such as ";", with which a client could
 * change the policy.
 */
export function expectPlainHost(redirectUri: string): void {
  if (hasPlainHost(redirectUri)) return;
  throw new AuthorizationError("invalid_request", { description: "The redirect address has an unusual host" });
}

export function hasPlainHost(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^([a-z0-9._-]*|\[[0-9a-f:.]+\])$/.test(url.hostname);
}

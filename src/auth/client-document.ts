import { CimdFetchError } from "@cloudflare/workers-oauth-provider";
import * as z from "zod";

/**
 * A client id may be the https address of a client metadata document, which the provider fetches. The checks here come
 * first: that the address is public, and that it does not redirect.
 */

/** The same time limit as the provider's own fetch of the document. */
const longestMilliseconds = 10_000;
/** Host names that only resolve in a local network. */
const localName = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;

/**
 * Whether a client's document may be fetched: its host is no IP address and no local name, and its address has no port
 * and no user. The platform's own setting blocks fetches from private networks; this check comes before any lookup.
 * True for an id that is no https address, because it is never fetched.
 */
export function isPublicClient(clientId: string): boolean {
  const url = URL.parse(clientId);
  if (url?.protocol !== "https:") return true;
  const { hostname } = url; // URL parsing has turned any notation of an IPv4 address into four decimal numbers
  const isNumber = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  const isName = hostname.includes(".") && !hostname.endsWith(".") && !localName.test(hostname);
  return !isNumber && isName && url.port === "" && url.username === "" && url.password === "";
}

export function expectPublicClient(clientId: string): void {
  if (!isPublicClient(clientId)) throw new CimdFetchError(clientId, new Error("not a public address"));
}

/**
 * Throws when a client's document redirects. With an open redirect on its site, somebody else's document would pass as
 * that site's. The provider follows redirects, so they are rejected here.
 */
export async function expectNoRedirect(clientId: string): Promise<void> {
  if (URL.parse(clientId)?.protocol !== "https:") return;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), longestMilliseconds);
  try {
    const response = await fetch(clientId, {
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: late.signal,
    }).catch(() => null); // unreachable: the provider reports it
    await response?.body?.cancel();
    if (response && response.status >= 300 && response.status < 400) {
      throw new CimdFetchError(clientId, new Error("moved"));
    }
  } finally {
    clearTimeout(timer);
  }
}

const assertionClaims = z.object({ iss: z.string() });

/**
 * The client ids in a token request, from each place the provider reads: form, Basic authorization, client assertion.
 */
export async function clientsNamedIn(request: Request): Promise<string[]> {
  const form = await request.formData().catch(() => new FormData());
  const basic = /^basic\s+(\S+)/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const claims = `${form.get("client_assertion") ?? ""}`.split(".")[1];
  return [
    ...form.getAll("client_id").map(String),
    decodeOrEmpty(() => decodeURIComponent((atob(basic ?? "").split(":")[0] ?? "").replaceAll("+", " "))),
    decodeOrEmpty(() => assertionClaims.parse(JSON.parse(decodeBase64Url(claims ?? ""))).iss),
  ];
}

function decodeBase64Url(text: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
}

/** Empty when `decode` throws. */
function decodeOrEmpty(decode: () => string): string {
  try {
    return decode();
  } catch {
    return "";
  }
}

import { CimdFetchError } from "@cloudflare/workers-oauth-provider";
import * as z from "zod";

/**
 * A client id may be the https address of a document that says who the client is; the provider fetches it. What is checked
 * here comes before that: where the address leads, and that the document is there and nowhere else.
 */

/** As long as the provider gives the document itself. */
const longestMilliseconds = 10_000;
/** Names that only a local network gives an address. */
const localName = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa)$/;

/**
 * Whether nothing speaks against fetching a client's document: not a number for a host, no port, no user, no local name.
 * The platform's own switch keeps fetches away from private networks; this says so before anything is looked up. An id that
 * is no https address is never fetched.
 */
export function isPublicClient(clientId: string): boolean {
  const url = URL.parse(clientId);
  if (url?.protocol !== "https:") return true;
  const { hostname } = url; // numbers in any notation have become four decimal ones by now
  const isNumber = hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  const isName = hostname.includes(".") && !hostname.endsWith(".") && !localName.test(hostname);
  return !isNumber && isName && url.port === "" && url.username === "" && url.password === "";
}

export function expectPublicClient(clientId: string): void {
  if (!isPublicClient(clientId)) throw new CimdFetchError(clientId, new Error("not a public address"));
}

/**
 * Throws where a client's document has moved: a site that sends visitors on wherever a query says would vouch for a
 * stranger's document. The provider follows such answers, so they are refused here.
 */
export async function expectUnmovedDocument(clientId: string): Promise<void> {
  if (URL.parse(clientId)?.protocol !== "https:") return;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), longestMilliseconds);
  try {
    const response = await fetch(clientId, {
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: late.signal,
    }).catch(() => null); // no answer vouches for nobody: the provider says what that means
    await response?.body?.cancel();
    if (response && response.status >= 300 && response.status < 400) {
      throw new CimdFetchError(clientId, new Error("moved"));
    }
  } finally {
    clearTimeout(timer);
  }
}

const assertionClaims = z.object({ iss: z.string() });

/** The client ids a token request names, in each of the ways the provider reads: form, Basic, assertion. */
export async function clientsNamedIn(request: Request): Promise<string[]> {
  const form = await request.formData().catch(() => new FormData());
  const basic = /^basic\s+(\S+)/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const claims = `${form.get("client_assertion") ?? ""}`.split(".")[1];
  return [
    ...form.getAll("client_id").map(String),
    orNobody(() => decodeURIComponent((atob(basic ?? "").split(":")[0] ?? "").replaceAll("+", " "))),
    orNobody(() => assertionClaims.parse(JSON.parse(decodeBase64Url(claims ?? ""))).iss),
  ];
}

function decodeBase64Url(text: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(text, { alphabet: "base64url" }));
}

function orNobody(decode: () => string): string {
  try {
    return decode();
  } catch {
    return "";
  }
}

import { putOnOneLine } from "../words/one-line.ts";
import { isPublicAddress } from "./client-document.ts";

/** The OAuth library sends it with its requests, and nothing else in the worker does. */
const libraryAgent = /^workers-oauth-provider\//;

/**
 * The library fetches clients' documents and keys with the global `fetch`, and offers no way to pass another one. So
 * the global one is replaced by this one, which treats the library's requests differently from all others: the address
 * has to be public, and a redirect is a failure. A redirect could lead to an address that was not checked, and with an
 * open redirect on its site, somebody else's document would pass as that site's.
 */
export function createGuardedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
    if (!libraryAgent.test(headers.get("user-agent") ?? "")) return fetch(input, init);
    const address = input instanceof Request ? input.url : String(input);
    if (!isPublicAddress(address)) throw new Error("not a public address");
    const response = await fetch(input, { ...init, redirect: "manual" });
    if (response.status >= 200 && (response.status < 300 || response.status >= 400)) return response;
    await response.body?.cancel();
    throw new Error("the address redirects");
  };
}

const longestLogged = 300;
const libraryWarning = /^CIMD fetch failed for /;

/**
 * The library logs a client's address, and text of its document, when the document cannot be read. Both are the
 * client's own words, so they are put on one line and cut.
 */
export function createGuardedWarning(warn: typeof console.warn): typeof console.warn {
  return (...parts: unknown[]) => {
    const text = parts.map(String).join(" ");
    if (!libraryWarning.test(text)) return warn(...parts);
    warn(JSON.stringify({ event: "client_document_refused", what: putOnOneLine(text, longestLogged) }));
  };
}

/** Puts both in place of the global ones, for as long as the isolate lives. Call it once, where the worker starts. */
export function guardLibrary(): void {
  globalThis.fetch = createGuardedFetch(globalThis.fetch);
  console.warn = createGuardedWarning(console.warn);
}

import { putOnOneLine } from "../words/one-line.ts";
import { isPublicAddress } from "./client-document.ts";

/** The User-Agent header of requests that the OAuth library makes. No other code of the worker sends this header. */
const libraryAgent = /^workers-oauth-provider\//;

/**
 * Makes a `fetch` that restricts the requests of the OAuth library. The library fetches the documents and keys of
 * clients with the global `fetch` and accepts no other function. So {@link guardLibrary} replaces the global `fetch` by
 * this one. Requests of other code pass through it unchanged.
 *
 * A request of the library must go to a public address, and a redirect counts as a failure. A redirect could lead to an
 * address that was not checked. Also, if a site redirects to any address, a stranger's document could seem to be the
 * site's own.
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
 * Makes a `console.warn` that shortens one warning of the OAuth library. When a client's metadata document cannot be
 * read, the library logs the document's address and a part of its text. Both come from the client and could fill or
 * falsify the log, so they are put on one line and cut.
 */
export function createGuardedWarning(warn: typeof console.warn): typeof console.warn {
  return (...parts: unknown[]) => {
    const text = parts.map(String).join(" ");
    if (!libraryWarning.test(text)) return warn(...parts);
    warn(JSON.stringify({ event: "client_document_refused", what: putOnOneLine(text, longestLogged) }));
  };
}

/**
 * Replaces the global `fetch` and `console.warn` by the guarded versions, for as long as the isolate lives. Call it
 * once, when the worker starts.
 */
export function guardLibrary(): void {
  globalThis.fetch = createGuardedFetch(globalThis.fetch);
  console.warn = createGuardedWarning(console.warn);
}

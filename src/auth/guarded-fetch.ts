import { withoutMessage } from "../outcome.ts";
import { isPublicAddress } from "./client-document.ts";

/** The User-Agent header of requests that the OAuth library makes. No other code of the worker sends this header. */
const libraryAgent = /^workers-oauth-provider\//;

/**
 * Makes a `fetch` that restricts the requests of the OAuth library. The library fetches the documents and keys of
 * clients with the global `fetch` and accepts no other function. So {@link guardLibrary} replaces the global `fetch` by
 * the function that is made here. This function passes the requests of other code on unchanged.
 *
 * A request of the library must go to a public address, and a redirect counts as a failure. A redirect could lead to an
 * address that was not checked. Also, some sites redirect to any address that a link names. Through such a site, a
 * stranger's document could seem to be the site's own.
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

const documentWarning = /^CIMD fetch failed for (\S+):$/;

/**
 * Makes a `console.warn` that rewrites the warnings of the OAuth library. They contain texts and addresses that a client
 * sends, the ids of clients, and the messages of errors. The log gets the place of the warning. If a client's metadata
 * document could not be read, the log gets the host name of the document too.
 */
export function createGuardedWarning(warn: typeof console.warn): typeof console.warn {
  return (...parts: unknown[]) => {
    const text = String(parts[0]);
    if (text.startsWith('{"event":')) return warn(...parts); // our own code writes all its entries in this form
    const document = documentWarning.exec(text)?.[1];
    const host = document === undefined ? null : (URL.parse(document)?.hostname ?? null);
    const where = withoutMessage(parts.find((part) => part instanceof Error) ?? new Error());
    warn(JSON.stringify({ event: "library_warning", host, where }));
  };
}

/**
 * Replaces the global `fetch` and `console.warn` by the functions of this file, which check the OAuth library's
 * requests and shorten its warnings. The replacement lasts as long as the isolate. Call this function once, when the
 * worker starts.
 */
export function guardLibrary(): void {
  globalThis.fetch = createGuardedFetch(globalThis.fetch);
  console.warn = createGuardedWarning(console.warn);
}

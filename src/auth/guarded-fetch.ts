import { withoutMessage } from "../outcome.ts";
import { isPublicAddress } from "./client-document.ts";

/**
 * Makes a `fetch` for requests to addresses that strangers choose. The OAuth library fetches the documents and keys of
 * clients with the global `fetch` and accepts no other function. So {@link guardLibrary} replaces the global `fetch` by
 * this one, which checks every request except those to Oura, which `fetchOura` (src/oura/fetch-oura.ts) sends.
 *
 * A request must go to a public address, and a redirect counts as a failure. A redirect could lead to an address that
 * was not checked. Also, some sites redirect to any address that a link contains. With such a link, a stranger's
 * document would seem to come from that site.
 */
export function createGuardedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!isPublicAddress(address)) throw new Error("not a public address");
    const response = await fetch(input, { ...init, redirect: "manual" });
    if (response.status >= 200 && (response.status < 300 || response.status >= 400)) return response;
    await response.body?.cancel();
    throw new Error("the address redirects");
  };
}

const longestLogged = 300;
const ownWarning = /^\{"event":/;
const documentWarning = /^CIMD fetch failed for (\S+):$/;

/**
 * Makes a `console.warn` that replaces the text of every warning except the worker's own. The worker's own warnings are
 * JSON with an event. A warning of the OAuth library may contain texts that a client sent, ids, and messages of errors,
 * which must not be logged. So the log gets only the place in the code where the warning was given. If the warning says
 * that the metadata document of a client could not be read, the log also gets the document's host.
 */
export function createGuardedWarning(warn: typeof console.warn): typeof console.warn {
  return (...parts: unknown[]) => {
    const text = String(parts[0]);
    if (ownWarning.test(text)) return warn(text);
    const error = parts.find((part) => part instanceof Error) ?? new Error();
    const where = withoutMessage(error).slice(0, longestLogged);
    const document = documentWarning.exec(text)?.[1];
    if (document === undefined) return warn(JSON.stringify({ event: "library_warning", where }));
    const host = URL.parse(document)?.hostname.slice(0, 253) ?? null;
    warn(JSON.stringify({ event: "client_document_refused", host, where }));
  };
}

/**
 * Replaces the global `fetch` and `console.warn` for as long as the isolate lives. Call this function only once, when
 * the worker starts.
 */
export function guardLibrary(): void {
  globalThis.fetch = createGuardedFetch(globalThis.fetch);
  console.warn = createGuardedWarning(console.warn);
}

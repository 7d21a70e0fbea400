/**
 * The `fetch` of the platform. It is kept here because src/auth/guarded-fetch.ts replaces the global `fetch` later.
 * This module is loaded before that.
 */
const platformFetch = globalThis.fetch;

/**
 * Sends a request to Oura with the platform's own `fetch`. The worker's global `fetch` refuses every redirect and every
 * address inside a private network. These limits would be wrong here: the operator chooses the address of Oura's API in
 * the settings, and a simulated Oura may run on the operator's own computer.
 */
export function fetchOura(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  return platformFetch(input, init);
}

/**
 * The `fetch` of the platform. This module is loaded before the worker starts and replaces the global `fetch`
 * (src/auth/guarded-fetch.ts).
 */
const platformFetch = globalThis.fetch;

/**
 * Sends a request to Oura. The global `fetch` of the worker refuses addresses inside networks and every redirect. This
 * function does not, because the operator chooses the address of Oura's API in the settings, and a simulated Oura may
 * run on the operator's own computer.
 */
export function fetchOura(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  return platformFetch(input, init);
}

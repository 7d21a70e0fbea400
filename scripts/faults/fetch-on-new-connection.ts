/**
 * `fetch` without connections that are kept for later. A server closes an idle connection after some seconds, and on a
 * busy machine a request may meet that moment: it fails, and the product has nothing to do with it.
 */
export function fetchOnNewConnection(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("connection", "close");
  return fetch(input, { ...init, headers });
}

import { createServer } from "node:http";
import { findFreePort } from "../../scripts/find-free-port.ts";

/** A loopback server that receives the OAuth redirect (RFC 8252 §7.3). */
export interface CallbackListener {
  redirectUri: string;
  /** The redirect address with its parameters. */
  arrival(): Promise<URL>;
  close(): void;
}

export async function listenForCallback(): Promise<CallbackListener> {
  const port = await findFreePort();
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const { promise, resolve } = Promise.withResolvers<URL>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", redirectUri);
    response.setHeader("content-type", "text/html").end("<h1>Back at the assistant</h1>");
    if (url.pathname === "/callback") resolve(url);
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    redirectUri,
    arrival: () => promise,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

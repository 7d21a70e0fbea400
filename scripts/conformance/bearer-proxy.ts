import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";

/** A proxy that adds an access token to every request, because the official suite cannot send one. */
export interface BearerProxy {
  origin: string;
  stop(): Promise<void>;
}

export async function startBearerProxy(target: string, accessToken: string): Promise<BearerProxy> {
  const upstream = new URL(target);
  const server = createServer((incoming, outgoing) => pass(upstream, accessToken, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a listening server has a port");
  return {
    origin: `http://localhost:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pass(upstream: URL, accessToken: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { socket, method, url, headers } = incoming;
  const forwarded = request(
    {
      host: upstream.hostname,
      port: upstream.port,
      method,
      path: url,
      headers: { ...renamed(headers, socket.localPort ?? 0, upstream), authorization: `Bearer ${accessToken}` },
    },
    (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    },
  );
  forwarded.on("error", () => outgoing.destroy());
  outgoing.on("close", () => forwarded.destroy());
  incoming.pipe(forwarded);
}

/**
 * Replaces the proxy's own host name by the server's, for which tokens are valid. Keeps others: the server must refuse
 * them.
 */
function renamed(headers: IncomingHttpHeaders, port: number, upstream: URL): IncomingHttpHeaders {
  const own = [`localhost:${port}`, `127.0.0.1:${port}`];
  const { host, origin } = headers;
  return {
    ...headers,
    ...(host !== undefined && own.includes(host) ? { host: upstream.host } : {}),
    ...(origin !== undefined && own.some((name) => origin === `http://${name}`) ? { origin: upstream.origin } : {}),
  };
}

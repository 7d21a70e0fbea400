import { ServerResponse } from "node:http";
import { serve } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { BREAK_HEADER } from "./control/broken-answers.ts";
import { createSimulator } from "./simulator.ts";
import { createMemoryStore } from "./store.ts";

export interface ServedSimulator {
  port: number;
  close(): void;
}

interface ServeOptions {
  /** 0 for any free port. */
  port: number;
  /** The simulator's clock, in epoch ms. */
  now: () => number;
  /** Called with every answer before it is sent. */
  onAnswer?: (request: Request, response: Response) => void;
}

/** The simulator as a plain Node server on this computer. All state is lost when it stops. */
export function serveSimulator({ port, now, onAnswer }: ServeOptions): Promise<ServedSimulator> {
  const simulator = createSimulator({ store: createMemoryStore(), now });
  const fetch: Parameters<typeof serve>[0]["fetch"] = async (request, { incoming, outgoing }) => {
    const response = await simulator.fetch(request);
    onAnswer?.(request, response);
    const breaks = response.headers.get(BREAK_HEADER);
    if (breaks === null) return response;
    const sent = breaks === "midway" ? await response.body?.getReader().read() : undefined;
    if (sent?.value && outgoing instanceof ServerResponse) {
      outgoing.writeHead(response.status, { "content-type": response.headers.get("content-type") ?? "" });
      await new Promise((resolve) => outgoing.write(sent.value, resolve));
    }
    incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  };
  // Node closes connections after five idle seconds. On a busy machine a request may meet that moment, and fails.
  const serverOptions = { keepAliveTimeout: 10 * 60_000 };
  return new Promise((resolve) => {
    const first = serve({ fetch, port, hostname: "127.0.0.1", serverOptions }, ({ port: taken }) => {
      // `localhost` means ::1 to some clients. Hosts without IPv6 do not need it.
      const second = serve({ fetch, port: taken, hostname: "::1", serverOptions });
      second.on("error", () => {});
      resolve({
        port: taken,
        close() {
          for (const server of [first, second]) {
            server.close();
            if ("closeAllConnections" in server) server.closeAllConnections();
          }
        },
      });
    });
  });
}

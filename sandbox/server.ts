import { parseArgs } from "node:util";
import { serve } from "@hono/node-server";
import { createSimulator } from "./simulator.ts";
import { createMemoryStore } from "./store.ts";

/** The simulator as a plain Node server: `node sandbox/server.ts [--port 8788]`. Forgets everything when it stops. */
const { values } = parseArgs({ options: { port: { type: "string", default: "8788" } } });
const { fetch } = createSimulator({ store: createMemoryStore(), now: () => Date.now() });

serve({ fetch, port: Number(values.port), hostname: "127.0.0.1" }, ({ port }) => {
  // `localhost` means ::1 to some clients. Hosts without IPv6 do not need it.
  serve({ fetch, port, hostname: "::1" }).on("error", () => {});
  console.log(`Oura simulator on http://localhost:${port}/sandbox/oura`);
});

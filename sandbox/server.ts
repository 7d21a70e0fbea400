import { parseArgs } from "node:util";
import { machineNow } from "./clock/machine-now.ts";
import { serveSimulator } from "./serve-simulator.ts";

/** The simulator as a process of its own: `node sandbox/server.ts [--port 8788]`. */
const { values } = parseArgs({ options: { port: { type: "string", default: "8788" } } });

const { port } = await serveSimulator({ port: Number(values.port), now: machineNow });
console.log(`Oura simulator on http://localhost:${port}/sandbox/oura`);

import { parseArgs } from "node:util";
import { simulatorPort } from "./local-ports.ts";
import { serveSimulator } from "./serve-simulator.ts";

/** The simulator as a process of its own: `node sandbox/server.ts [--port NUMBER]`. */
const { values } = parseArgs({ options: { port: { type: "string", default: `${simulatorPort}` } } });

const { port } = await serveSimulator({ port: Number(values.port) });
console.log(`Oura simulator on http://localhost:${port}/sandbox/oura`);

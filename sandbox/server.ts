import { readOptions } from "../scripts/read-options.ts";
import { requireFreePort } from "../scripts/require-free-port.ts";
import { machineNow } from "./clock/machine-now.ts";
import { simulatorPort } from "./local-ports.ts";
import { serveSimulator } from "./serve-simulator.ts";

/** The simulator as a separate process: `node sandbox/server.ts [--port NUMBER]`. */
const { values } = readOptions({
  name: "npm run sandbox:oura",
  options: { port: { type: "whole number", from: 0, to: 65_535, default: simulatorPort } },
});
await requireFreePort(values.port);
const { port } = await serveSimulator({ port: values.port, now: machineNow });
console.log(`Oura simulator on http://localhost:${port}/sandbox/oura`);

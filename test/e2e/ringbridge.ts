import { findFreePort } from "../../scripts/find-free-port.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";

interface RingbridgeOptions {
  name: string;
  /** Directory for its storage. */
  state: string;
  /** `NAME:VALUE` pairs, as `npm start -- --var` takes them. */
  variables: readonly string[];
  /** Where its clock starts, an ISO date-time. */
  clock: string;
  port?: number;
  /** The folder of the project that runs; default: this one. */
  directory?: string;
}

/** `npm start`: the product with the simulator beside it. */
export async function startRingbridge(options: RingbridgeOptions): Promise<LocalServer> {
  const { name, state, variables, clock, port = await findFreePort(), directory } = options;
  return startLocalServer({
    name,
    port,
    readyPath: "/health",
    directory,
    parameters: [
      "scripts/start.ts",
      ...["--port", `${port}`, "--state", state, "--clock", clock],
      ...variables.flatMap((variable) => ["--var", variable]),
    ],
  });
}

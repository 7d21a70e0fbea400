import "./sandbox-clock.ts";
import { startWorker } from "../../src/worker.ts";

export { Registry } from "../../src/registry/registry.ts";
export { RingAgent } from "./clocked-agent.ts";

/** The deployed worker, with a clock that a run or a test sets. */
export default startWorker();

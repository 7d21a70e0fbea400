import "./sandbox-clock.ts";
import { createWorker } from "../../src/worker.ts";

export { Registry } from "../../src/registry/registry.ts";
export { RingAgent } from "./clocked-agent.ts";

/** The worker as it is deployed, on a clock that a run or a test sets. */
export default createWorker();

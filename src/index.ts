import { createWorker } from "./worker.ts";

export { Registry } from "./agent/registry.ts";
export { RingAgent } from "./agent/ring-agent.ts";
export default createWorker();

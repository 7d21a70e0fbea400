import { startWorker } from "./worker.ts";

export { RingAgent } from "./agent/ring-agent.ts";
export { Registry } from "./registry/registry.ts";
export default startWorker();

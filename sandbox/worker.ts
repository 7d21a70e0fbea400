import type { Bindings } from "../src/bindings.ts";
import { createWorker } from "../src/worker.ts";
import type { OuraSimulator } from "./simulator-object.ts";

export { RingAgent } from "../src/agent/ring-agent.ts";
export { Registry } from "../src/registry/registry.ts";
export { OuraSimulator } from "./simulator-object.ts";

interface SandboxBindings extends Bindings {
  OURA_SIMULATOR: DurableObjectNamespace<OuraSimulator>;
}

const ringbridge = createWorker();

/** The product as it is deployed, with the simulator beside it on the same origin. The only file that sees both. */
export default {
  fetch(request: Request, env: SandboxBindings, context: ExecutionContext): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/sandbox/")) return env.OURA_SIMULATOR.getByName("oura").fetch(request);
    return ringbridge.fetch(request, env, context);
  },
};

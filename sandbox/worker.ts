import type { Bindings } from "../src/bindings.ts";
import ringbridge from "./clock/clocked-worker.ts";
import type { OuraSimulator } from "./simulator-object.ts";

export { Registry, RingAgent } from "./clock/clocked-worker.ts";
export { OuraSimulator } from "./simulator-object.ts";

interface SandboxBindings extends Bindings {
  OURA_SIMULATOR: DurableObjectNamespace<OuraSimulator>;
}

/** The deployed product, with the simulator on the same origin. */
export default {
  fetch(request: Request, env: SandboxBindings, context: ExecutionContext): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/sandbox/")) return env.OURA_SIMULATOR.getByName("oura").fetch(request);
    return ringbridge.fetch(request, env, context);
  },
};

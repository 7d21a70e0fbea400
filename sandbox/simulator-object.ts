import { DurableObject } from "cloudflare:workers";
import type { Hono } from "hono";
import { clockOffset } from "./clock/sandbox-clock.ts";
import { clockWithOffset } from "./clock/start-clock.ts";
import { createSimulator } from "./simulator.ts";
import { createStore } from "./store.ts";

/** The simulator as a Durable Object beside the worker: its state survives restarts of the local runtime. */
export class OuraSimulator extends DurableObject {
  readonly #simulator: Hono;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    // This storage is synchronous, so `take` and `update` are atomic.
    this.#simulator = createSimulator({ store: createStore(ctx.storage.kv), now: clockWithOffset(clockOffset).now });
  }

  override fetch(request: Request): Response | Promise<Response> {
    return this.#simulator.fetch(request);
  }
}

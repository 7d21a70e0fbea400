import { Hono } from "hono";
import { createDataApi } from "./api/data-api.ts";
import { createControlApi } from "./control/control-api.ts";
import { createRequestTracker } from "./control/request-log.ts";
import { createOAuthServer } from "./oauth/oauth-server.ts";
import type { SimulatorStore } from "./store.ts";
import { createWorld } from "./world.ts";

export interface SimulatorOptions {
  store: SimulatorStore;
  /** The host's clock, epoch ms; the control API can pin or shift the simulator's clock. */
  now: () => number;
  seed?: number;
}

/** Oura at `/sandbox/oura` over synthetic people, and the control API for tests at `/sandbox/control`. */
export function createSimulator({ store, now, seed = 1 }: SimulatorOptions): Hono {
  const world = createWorld({ store, now, seed });
  const tracker = createRequestTracker(store);
  const app = new Hono();
  app.route("/sandbox/oura", createOAuthServer(world, tracker));
  app.route("/sandbox/oura", createDataApi(world, tracker));
  app.route("/sandbox/control", createControlApi(world));
  return app;
}

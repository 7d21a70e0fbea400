import { setTimeout as delay } from "node:timers/promises";
import { serve } from "@hono/node-server";
import { clockWithOffset } from "../../sandbox/clock/start-clock.ts";
import { createSimulator } from "../../sandbox/simulator.ts";
import { createMemoryStore } from "../../sandbox/store.ts";
import { createOuraMeter } from "./oura-meter.ts";

/**
 * The simulated Oura in a separate process, so that its CPU time is not counted for the product. Every data request
 * takes the same time. It also enforces platform limits that local runs do not. `node oura-process.ts PORT
 * CLOCK_OFFSET`.
 */
const simulator = createSimulator({ store: createMemoryStore(), now: clockWithOffset(Number(process.argv[3])).now });
const meter = createOuraMeter(() => performance.now());
let latencyMilliseconds = 80;

async function answerData(request: Request): Promise<Response> {
  const token = request.headers.get("authorization") ?? "";
  const finish = await meter.begin(token);
  const started = performance.now();
  const response = await simulator.fetch(request);
  // Each account gets a different Oura user id, or it would take over another account's connection.
  const body = request.url.includes("/personal_info")
    ? JSON.stringify({ ...JSON.parse(await response.text()), id: `person of ${token}` })
    : await response.text();
  await delay(Math.max(0, latencyMilliseconds - (performance.now() - started)));
  finish(Buffer.byteLength(body));
  return new Response(body, response);
}

async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/bench/take") return Response.json(meter.take());
  if (pathname === "/bench/latency") {
    latencyMilliseconds = Number(searchParams.get("milliseconds"));
    return new Response();
  }
  return pathname.includes("/usercollection/") ? answerData(request) : simulator.fetch(request);
}

serve({ fetch: answer, port: Number(process.argv[2]), hostname: "127.0.0.1" }, () => process.send?.("ready"));
process.on("disconnect", () => process.exit());

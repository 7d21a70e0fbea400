import { setTimeout as delay } from "node:timers/promises";
import { type Answered, callTool } from "./mcp-call.ts";
import { connectMany } from "./people.ts";
import { quantile } from "./quantile.ts";
import type { Runtime } from "./runtime.ts";

/** Measurements of many people's agents in one runtime, with a fixed total rate of calls. */
export interface CrowdFigures {
  people: number;
  callsPerSecond: number;
  calls: number;
  errors: number;
  wallP50: number;
  wallP95: number;
  residentMegabytes: number;
}

export interface ParallelFigures {
  parallel: number;
  errors: number;
  wallP50: number;
  wallP95: number;
  stalled: number;
}

const callsPerSecond = 10;
const seconds = 20;
const asked = "oura_get_sleep_sessions";

/** @param sizes how many people, growing */
export async function measureCrowds(
  runtime: Runtime,
  sizes: readonly number[],
  report: (step: string) => void,
): Promise<CrowdFigures[]> {
  const tokens: string[] = [];
  const figures: CrowdFigures[] = [];
  for (const people of sizes) {
    report(`connecting ${people} ${people === 1 ? "person" : "people"}`);
    tokens.push(...(await connectMany(runtime, Math.max(0, people - tokens.length))));
    report(`${callsPerSecond} calls a second for ${seconds} s`);
    const { walls, errors } = await askAtRate(runtime, tokens);
    figures.push({
      people,
      callsPerSecond,
      calls: walls.length + errors,
      errors,
      wallP50: quantile(walls, 0.5),
      wallP95: quantile(walls, 0.95),
      residentMegabytes: runtime.usage().residentMegabytes,
    });
  }
  return figures;
}

/** Simultaneous equal calls of one tool on one agent with an empty cache: they share their requests to Oura. */
export async function measureParallel(runtime: Runtime, token: string): Promise<ParallelFigures[]> {
  const figures: ParallelFigures[] = [];
  for (const parallel of [1, 8, 64]) {
    await runtime.takeOura();
    const calls = Array.from({ length: parallel }, () => callTool(runtime.origin, token, asked, {}));
    const walls = wallsOf(await Promise.allSettled(calls));
    const { stalled } = await runtime.takeOura();
    figures.push({
      parallel,
      errors: parallel - walls.length,
      wallP50: quantile(walls, 0.5),
      wallP95: quantile(walls, 0.95),
      stalled,
    });
  }
  return figures;
}

/** Calls all people in turn at a fixed rate, without waiting for answers. */
async function askAtRate(runtime: Runtime, tokens: readonly string[]): Promise<{ walls: number[]; errors: number }> {
  const pending: Promise<Answered>[] = [];
  const started = performance.now();
  for (let call = 0; call < callsPerSecond * seconds; call += 1) {
    await delay(Math.max(0, started + (call * 1_000) / callsPerSecond - performance.now()));
    const answered = callTool(runtime.origin, tokens[call % tokens.length] ?? "", asked, {});
    answered.catch(() => {}); // errors are counted below
    pending.push(answered);
  }
  const walls = wallsOf(await Promise.allSettled(pending));
  return { walls, errors: pending.length - walls.length };
}

function wallsOf(settled: readonly PromiseSettledResult<Answered>[]): number[] {
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value.milliseconds] : []));
}

import { setTimeout as delay } from "node:timers/promises";
import { type Answered, callTool } from "./mcp-call.ts";
import { connectPerson } from "./people.ts";
import { quantile } from "./quantile.ts";
import { noOp } from "./questions.ts";
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
  /** Memory growth per agent that has answered a call, compared with one agent. */
  megabytesPerIdleAgent: number | null;
  /** The same if each also caches Oura's answers. */
  megabytesPerActiveAgent: number | null;
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
const walksAtOnce = 4;
const asked = "oura_get_sleep_sessions";

/** @param sizes how many people, growing */
export async function measureCrowds(
  runtime: Runtime,
  sizes: readonly number[],
  report: (step: string) => void,
): Promise<CrowdFigures[]> {
  const tokens: string[] = [];
  const figures: CrowdFigures[] = [];
  let first: { people: number; megabytes: number } | null = null;
  for (const people of sizes) {
    report(`connecting ${people} ${people === 1 ? "person" : "people"}`);
    await connectUpTo(runtime, tokens, people);
    for (const token of tokens) await callTool(runtime.origin, token, noOp.tool, {});
    const idle = runtime.usage().residentMegabytes;
    await runtime.setForgetful(false);
    await inGroups(tokens, 8, (token) => callTool(runtime.origin, token, "oura_get_daily_summary", {}));
    const active = runtime.usage().residentMegabytes;
    await runtime.setForgetful(true);
    report(`${callsPerSecond} calls a second for ${seconds} s`);
    const { walls, errors } = await askAtRate(runtime, tokens);
    first ??= { people, megabytes: idle };
    const more = people - first.people;
    figures.push({
      people,
      callsPerSecond,
      calls: walls.length + errors,
      errors,
      wallP50: quantile(walls, 0.5),
      wallP95: quantile(walls, 0.95),
      residentMegabytes: runtime.usage().residentMegabytes,
      megabytesPerIdleAgent: more > 0 ? (idle - first.megabytes) / more : null,
      megabytesPerActiveAgent: more > 0 ? (active - first.megabytes) / more : null,
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

/** Memory per Durable Object that does nothing, in a separate runtime. */
export async function measureBareObjects(runtime: Runtime, count: number): Promise<number> {
  const touch = (name: number) => fetch(`${runtime.origin}/bench/bare?name=${name}`).then((answer) => answer.text());
  await touch(0);
  const before = runtime.usage().residentMegabytes;
  for (let name = 1; name <= count; name += 1) await touch(name);
  return (runtime.usage().residentMegabytes - before) / count;
}

async function connectUpTo(runtime: Runtime, tokens: string[], count: number): Promise<void> {
  await runtime.setOuraLatency(0);
  const missing = Array.from({ length: Math.max(0, count - tokens.length) }, (_, index) => index);
  await inGroups(missing, walksAtOnce, async () => {
    tokens.push((await connectPerson(runtime.origin)).access_token);
  });
  await runtime.setOuraLatency(80);
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

async function inGroups<T>(items: readonly T[], size: number, work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += size)
    await Promise.all(items.slice(from, from + size).map((item) => work(item)));
}

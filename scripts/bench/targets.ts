import type { BenchFigures } from "./bench-figures.ts";
import type { CallFigures } from "./measure-calls.ts";
import type { WorkerFigures } from "./worker-alone.ts";

/** What a run measures against a maximum. The table in docs/performance.md has the same rows; a test compares them. */
export interface Target {
  what: string;
  most: number;
  measure(figures: BenchFigures): number;
}

export interface Judgement {
  what: string;
  measured: number;
  target: number;
  met: boolean;
}

const assistants = 3;
const influences = "oura_find_influences";

function most<T>(items: readonly T[], of: (item: T) => number): number {
  return Math.max(0, ...items.map(of));
}

function defaults({ tools }: BenchFigures): CallFigures[] {
  return tools.filter(({ what }) => what === "default");
}

function aboveThePlatform({ cpuP95, platformCpu }: WorkerFigures): number {
  return cpuP95 - platformCpu;
}

function alone({ alone: tools }: BenchFigures, of: (what: string, tool: string) => boolean): number {
  return most(
    tools.filter(({ what, tool }) => of(what, tool)),
    ({ cpuMilliseconds }) => cpuMilliseconds,
  );
}

export const targets: readonly Target[] = [
  {
    what: "size of the code that a start of the worker evaluates, KB",
    most: 510,
    measure: ({ bundle }) => bundle.eagerKilobytes,
  },
  {
    what: "CPU time to evaluate the worker's code at start, median of seven starts, ms",
    most: 50,
    measure: ({ bundle }) => bundle.startUpMilliseconds,
  },
  {
    what: "p95 of the worker's CPU time for a tool call, after subtracting the CPU time of the platform, ms",
    most: 5,
    measure: ({ worker }) => most(worker.slice(0, 1), aboveThePlatform),
  },
  {
    what: "p95 of the worker's CPU time for the slowest page, after subtracting the CPU time of the platform, ms",
    most: 10,
    measure: ({ worker }) => most(worker.slice(1), aboveThePlatform),
  },
  {
    what: "CPU time in Node of the slowest tool called without arguments, except `oura_find_influences`, ms",
    most: 20,
    measure: (figures) => alone(figures, (what, tool) => what === "default" && tool !== influences),
  },
  {
    what: "CPU time in Node of `oura_find_influences` called without arguments, ms",
    most: 25,
    measure: (figures) => alone(figures, (what, tool) => what === "default" && tool === influences),
  },
  {
    what: "CPU time in Node of the slowest tool called with its largest arguments, ms",
    most: 60,
    measure: (figures) => alone(figures, (what) => what !== "default"),
  },
  {
    what: "time until the first answer after an idle night, divided by the time until a later answer",
    most: 1.6,
    measure: ({ cold }) => cold.firstAnswer.median / cold.warmAnswer.median,
  },
  {
    what: "largest number of requests to Ōura that a tool called without arguments sends",
    most: 10,
    measure: (figures) => most(defaults(figures), ({ ouraRequests }) => ouraRequests),
  },
  {
    what: "largest number of requests to Ōura that a tool called without arguments sends one after another",
    most: 2,
    measure: (figures) => most(defaults(figures), ({ ouraRounds }) => ouraRounds),
  },
  {
    what: "requests to Ōura during a conversation of ten questions",
    most: 30,
    measure: ({ conversation }) => conversation.ouraRequests,
  },
  {
    what: "median time of the slowest tool while Ōura's answers are in memory, divided by the median time of a tool that does nothing",
    most: 1.3,
    measure: ({ held, floor, floorAfter }) =>
      most(held, ({ wallP50 }) => wallP50) / ((floor.wallP50 + floorAfter.wallP50) / 2),
  },
  {
    what: "mean number of database rows and KV keys that a call writes, for the tool that writes most",
    most: 0,
    measure: (figures) =>
      most([...defaults(figures), ...figures.held], ({ storage }) => storage.kvWrites + storage.rowsWritten),
  },
  {
    what: "KV writes that three assistants cause in a day",
    most: 10,
    measure: ({ oauth }) => assistants * oauth.refreshStorage.kvWrites,
  },
  {
    what: "p95 time of a call while many people ask in turn, divided by the p95 time of a call while only one person asks",
    most: 1.5,
    measure: ({ scale }) => (scale.at(-1)?.wallP95 ?? 0) / (scale[0]?.wallP95 ?? 1),
  },
  {
    what: "CPU time of the simulated Ōura when a request for six years of records is repeated, ms",
    most: 300,
    measure: ({ sixYears }) => most(sixYears, ({ again }) => again),
  },
  {
    what: "memory of one idle agent (an account's Durable Object) after ten calls, MB",
    most: 0.4,
    measure: ({ idle }) => idle.afterTenCalls,
  },
];

/** Compares figures with targets. Times depend on the machine and its load, so the result holds for this run only. */
export function judge(figures: BenchFigures): Judgement[] {
  return targets.map(({ what, most: target, measure }) => {
    const measured = measure(figures);
    return { what, measured: Math.round(measured * 100) / 100, target, met: measured <= target };
  });
}

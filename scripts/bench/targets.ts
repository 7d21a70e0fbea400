import type { CallFigures } from "./measure-calls.ts";
import type { BenchFigures } from "./print-report.ts";
import type { WorkerFigures } from "./worker-alone.ts";

/** What a run measures against a maximum. The table in docs/performance.md has the same rows; a test compares them. */
export interface Target {
  what: string;
  most: number;
  measure(figures: BenchFigures): number;
}

/** A target, the measured value, and whether the target is met. */
export interface Judgement {
  what: string;
  measured: number;
  /** Maximum. */
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
  { what: "code evaluated at start, KB", most: 510, measure: ({ bundle }) => bundle.eagerKilobytes },
  { what: "start-up, ms at work (median of seven)", most: 50, measure: ({ bundle }) => bundle.startUpMilliseconds },
  {
    what: "worker's CPU for a call above the platform's, p95, ms",
    most: 5,
    measure: ({ worker }) => most(worker.slice(0, 1), aboveThePlatform),
  },
  {
    what: "worker's CPU for a page above the platform's, p95, ms",
    most: 10,
    measure: ({ worker }) => most(worker.slice(1), aboveThePlatform),
  },
  {
    what: "agent's CPU at default arguments, without influences, ms",
    most: 20,
    measure: (figures) => alone(figures, (what, tool) => what === "default" && tool !== influences),
  },
  {
    what: "agent's CPU for influences at default arguments, ms",
    most: 25,
    measure: (figures) => alone(figures, (what, tool) => what === "default" && tool === influences),
  },
  {
    what: "agent's CPU at the largest arguments, ms",
    most: 60,
    measure: (figures) => alone(figures, (what) => what !== "default"),
  },
  {
    what: "first answer after an idle night against a warm one",
    most: 1.6,
    measure: ({ cold }) => cold.firstAnswer.median / cold.warmAnswer.median,
  },
  {
    what: "Oura requests at default arguments",
    most: 10,
    measure: (figures) => most(defaults(figures), ({ ouraRequests }) => ouraRequests),
  },
  {
    what: "Oura rounds at default arguments",
    most: 2,
    measure: (figures) => most(defaults(figures), ({ ouraRounds }) => ouraRounds),
  },
  { what: "Oura requests of ten questions", most: 30, measure: ({ conversation }) => conversation.ouraRequests },
  {
    what: "held answers, p50 against the floor's",
    most: 1.3,
    measure: ({ held, floor, floorAfter }) =>
      most(held, ({ wallP50 }) => wallP50) / ((floor.wallP50 + floorAfter.wallP50) / 2),
  },
  {
    what: "rows and keys written while a call runs",
    most: 0,
    measure: (figures) =>
      most([...defaults(figures), ...figures.held], ({ storage }) => storage.kvWrites + storage.rowsWritten),
  },
  {
    what: "KV writes a day, three assistants",
    most: 10,
    measure: ({ oauth }) => assistants * oauth.refreshStorage.kvWrites,
  },
  {
    what: "p95 of the largest crowd against one person's",
    most: 1.5,
    measure: ({ scale }) => (scale.at(-1)?.wallP95 ?? 0) / (scale[0]?.wallP95 ?? 1),
  },
  {
    what: "CPU for six years of a route again, ms",
    most: 300,
    measure: ({ sixYears }) => most(sixYears, ({ again }) => again),
  },
  { what: "resident MB for each idle agent", most: 0.4, measure: ({ idle }) => idle.afterTenCalls },
];

/** Compares figures with targets. Times depend on the machine and its load, so the result holds for this run only. */
export function judge(figures: BenchFigures): Judgement[] {
  return targets.map(({ what, most: target, measure }) => {
    const measured = measure(figures);
    return { what, measured: Math.round(measured * 100) / 100, target, met: measured <= target };
  });
}

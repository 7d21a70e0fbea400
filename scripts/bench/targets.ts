import type { CallFigures } from "./measure-calls.ts";
import type { BenchFigures } from "./print-report.ts";

/** A target, the measured value, and whether the target is met. */
export interface Judgement {
  what: string;
  measured: number;
  /** Maximum. */
  target: number;
  met: boolean;
}

/** Compares figures with targets. Times depend on the machine and its load, so the result holds for this run only. */
export function judge(figures: BenchFigures): Judgement[] {
  const { bundle, tools, held, conversation, scale, oauth } = figures;
  const floorCpu = (figures.floor.cpuMilliseconds + figures.floorAfter.cpuMilliseconds) / 2;
  const floorWall = (figures.floor.wallP50 + figures.floorAfter.wallP50) / 2;
  const defaults = tools.filter(({ what }) => what === "default");
  const largest = tools.filter(({ what }) => what !== "default");
  const most = (calls: readonly CallFigures[], of: (call: CallFigures) => number) => Math.max(0, ...calls.map(of));
  const [alone] = scale;
  const crowd = scale.at(-1);
  const writes = ({ storage }: CallFigures) => storage.kvWrites + storage.rowsWritten;
  const assistants = 3;
  const promises: [what: string, measured: number, target: number][] = [
    ["bundle, KiB gzip", bundle.gzipKilobytes, 350],
    ["start-up, ms at work (median)", bundle.startUpMilliseconds, 50],
    ["Oura requests at default arguments", most(defaults, ({ ouraRequests }) => ouraRequests), 10],
    ["Oura rounds at default arguments", most(defaults, ({ ouraRounds }) => ouraRounds), 2],
    ["Oura requests of ten questions", conversation.ouraRequests, 30],
    ["added latency p50 at default arguments, ms", most(defaults, ({ addedP50 }) => addedP50), 15],
    ["held answers, p50 against the floor's", most(held, ({ wallP50 }) => wallP50) / floorWall, 1.3],
    [
      "CPU above the floor at default arguments, ms",
      most(defaults, ({ cpuMilliseconds }) => cpuMilliseconds) - floorCpu,
      5,
    ],
    ["CPU above the floor at the largest, ms", most(largest, ({ cpuMilliseconds }) => cpuMilliseconds) - floorCpu, 60],
    ["storage writes of a call, steady state", most([...defaults, ...held], writes), 0],
    ["KV writes a day, three assistants", assistants * oauth.refreshStorage.kvWrites, 10],
    [`p95 of ${crowd?.people ?? 0} people against one's`, (crowd?.wallP95 ?? 0) / (alone?.wallP95 ?? 1), 1.5],
    ["CPU for six years of a route again, ms", Math.max(...figures.sixYears.map(({ again }) => again)), 300],
    ["resident MB for each idle agent", crowd?.megabytesPerIdleAgent ?? 0, 0.4],
  ];
  return promises.map(([what, measured, target]) => ({
    what,
    measured: Math.round(measured * 100) / 100,
    target,
    met: measured <= target,
  }));
}

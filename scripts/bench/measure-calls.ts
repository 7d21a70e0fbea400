import { requestsPerCall } from "../../src/oura/budget.ts";
import { type Answered, callTool } from "./mcp-call.ts";
import type { OuraCounts } from "./oura-meter.ts";
import { quantile } from "./quantile.ts";
import type { Question } from "./questions.ts";
import type { Runtime } from "./runtime.ts";
import type { StorageCounts } from "./storage-counts.ts";

/** Cost of one kind of request over repeated calls: medians, but means for CPU and storage. */
export interface CallFigures {
  what: string;
  tool: string;
  calls: number;
  answerBytes: number;
  /** Estimated as four bytes per token. */
  approximateTokens: number;
  wireBytes: number;
  ouraRequests: number;
  ouraRounds: number;
  ouraBytes: number;
  wallP50: number;
  wallP95: number;
  /** Duration minus the time Oura needed. */
  addedP50: number;
  /** CPU time of the runtime: mean, and 95th percentile of the calls. */
  cpuMilliseconds: number;
  cpuP95: number;
  storage: StorageCounts;
}

const bytesPerToken = 4;
/** Calls before measuring, so that the code is compiled. */
const warmUps = 3;

export function measureTool(
  runtime: Runtime,
  token: string,
  question: Question,
  repetitions: number,
): Promise<CallFigures> {
  const call = () => callTool(runtime.origin, token, question.tool, question.input);
  return measureCalls(runtime, question, repetitions, call);
}

/** @param call one request, the same each time */
export async function measureCalls(
  runtime: Runtime,
  { what, tool }: Pick<Question, "what" | "tool">,
  repetitions: number,
  call: () => Promise<Answered>,
): Promise<CallFigures> {
  for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await call();
  await Promise.all([runtime.takeOura(), runtime.takeStorage()]);
  const answers: Answered[] = [];
  const oura: OuraCounts[] = [];
  const cpus: number[] = [];
  let usedBefore = runtime.usage().cpuMilliseconds;
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    answers.push(await call());
    oura.push(await runtime.takeOura());
    const used = runtime.usage().cpuMilliseconds;
    cpus.push(used - usedBefore);
    usedBefore = used;
  }
  const storage = await runtime.takeStorage();
  const { requests, stalled } = { requests: largestOf(oura, "requests"), stalled: largestOf(oura, "stalled") };
  if (stalled > 0) throw new Error(`${tool} (${what}) opened a seventh connection`);
  if (requests > requestsPerCall) throw new Error(`${tool} (${what}) asked Oura ${requests} times`);
  const walls = answers.map(({ milliseconds }) => milliseconds);
  const [first] = answers;
  return {
    what,
    tool,
    calls: repetitions,
    answerBytes: first?.answerBytes ?? 0,
    approximateTokens: Math.round((first?.answerBytes ?? 0) / bytesPerToken),
    wireBytes: first?.wireBytes ?? 0,
    ouraRequests: requests,
    // On a busy machine requests of one round may not overlap and count as two rounds, so take the median.
    ouraRounds: quantile(
      oura.map(({ rounds }) => rounds),
      0.5,
    ),
    ouraBytes: largestOf(oura, "bytes"),
    wallP50: quantile(walls, 0.5),
    wallP95: quantile(walls, 0.95),
    addedP50: quantile(
      walls.map((wall, index) => wall - (oura[index]?.busyMilliseconds ?? 0)),
      0.5,
    ),
    cpuMilliseconds: cpus.reduce((sum, one) => sum + one, 0) / repetitions,
    cpuP95: quantile(cpus, 0.95),
    storage: divide(storage, repetitions),
  };
}

function largestOf(counts: readonly OuraCounts[], name: keyof OuraCounts): number {
  return Math.max(0, ...counts.map((count) => count[name]));
}

export function divide(storage: StorageCounts, by: number): StorageCounts {
  const each = (total: number) => Math.round((total / by) * 100) / 100;
  return {
    kvReads: each(storage.kvReads),
    kvWrites: each(storage.kvWrites),
    rowsRead: each(storage.rowsRead),
    rowsWritten: each(storage.rowsWritten),
    rowsWrittenInBatches: each(storage.rowsWrittenInBatches),
    alarmsSet: each(storage.alarmsSet),
  };
}

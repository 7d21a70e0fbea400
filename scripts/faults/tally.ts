import type { FaultCase } from "./fault-cases.ts";
import type { Verdict } from "./oracle.ts";
import type { FaultQuestion } from "./questions.ts";

/** Counts of a run, by group of faults and by tool, with descriptions of errors. */
export interface Tally {
  count(faultCase: FaultCase, question: FaultQuestion, verdict: Verdict, milliseconds: number, where: string): void;
  countRecovery(): void;
  countLost(faultCase: FaultCase, what: string): void;
  faulted(): number;
  skip(): void;
  progress(person: string, what: string): void;
  report(): FaultReport;
}

export interface FaultReport {
  faulted: number;
  recoveries: number;
  skipped: number;
  byFault: ReadonlyMap<string, Outcomes>;
  byTool: ReadonlyMap<string, Outcomes>;
  wrong: readonly string[];
  /** Calls after a fault whose answers differ from those before it. */
  lost: readonly string[];
}

export interface Outcomes {
  right: number;
  partial: number;
  error: number;
  wrong: number;
  slowest: number;
}

export function createTally(say: (line: string) => void): Tally {
  const byFault = new Map<string, Outcomes>();
  const byTool = new Map<string, Outcomes>();
  const wrong: string[] = [];
  const lost: string[] = [];
  let faulted = 0;
  let recoveries = 0;
  let skipped = 0;
  let told = 0;

  function add(to: Map<string, Outcomes>, name: string, kind: Verdict["kind"], milliseconds: number): void {
    const outcomes = to.get(name) ?? { right: 0, partial: 0, error: 0, wrong: 0, slowest: 0 };
    outcomes[kind] += 1;
    outcomes.slowest = Math.max(outcomes.slowest, milliseconds);
    to.set(name, outcomes);
  }

  return {
    count(faultCase, question, verdict, milliseconds, where) {
      faulted += 1;
      add(byFault, faultCase.group, verdict.kind, milliseconds);
      add(byTool, question.tool, verdict.kind, milliseconds);
      if (verdict.kind !== "wrong") return;
      wrong.push(`${faultCase.name} (${where}), ${question.name}: ${verdict.why}`);
      say(`wrong: ${wrong.at(-1)}`);
    },
    countRecovery() {
      recoveries += 1;
    },
    countLost(faultCase, what) {
      lost.push(`after ${faultCase.name}: ${what}`);
      say(`not recovered: ${lost.at(-1)}`);
    },
    faulted: () => faulted,
    skip() {
      skipped += 1;
    },
    progress(person, what) {
      if (faulted - told < 250) return;
      told = faulted;
      say(`${faulted} calls, ${wrong.length} wrong, ${lost.length} not recovered (${person}: ${what})`);
    },
    report: () => ({ faulted, recoveries, skipped, byFault, byTool, wrong, lost }),
  };
}

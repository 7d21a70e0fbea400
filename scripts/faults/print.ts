import { printTable } from "../evaluate-answers/print-table.ts";
import type { KillReport } from "./kills.ts";
import type { FaultRun } from "./run.ts";
import type { Outcomes } from "./tally.ts";
import type { WindowReport } from "./window.ts";

/** Each function prints a run as tables and returns whether it had no errors. */
export function printFaults({
  faulted,
  recoveries,
  skipped,
  byFault,
  byTool,
  wrong,
  lost,
  refreshes,
  seconds,
}: FaultRun): boolean {
  console.log(`${faulted} calls under a fault, ${recoveries} after one, in ${seconds} s`);
  console.log(skipped > 0 ? `${skipped} cases were skipped because time ran out\n` : "");
  printOutcomes("fault", byFault);
  printOutcomes("tool", byTool);
  printTable(
    ["fault during the refresh", "calls in parallel", "wrong answers", "connection afterwards", "as expected"],
    refreshes.map(({ trouble, calls, wrong, afterwards, isRight }) => [
      trouble,
      calls,
      wrong,
      afterwards,
      isRight ? "yes" : "NO",
    ]),
  );
  console.log(`\n${wrong.length} wrong answers, ${lost.length} wrong after the fault was removed`);
  for (const line of wrong) console.log(`wrong: ${line}`);
  for (const line of lost) console.log(`not recovered: ${line}`);
  return wrong.length === 0 && lost.length === 0 && refreshes.every(({ isRight }) => isRight);
}

function printOutcomes(name: string, outcomes: ReadonlyMap<string, Outcomes>): void {
  printTable(
    [name, "calls", "right", "partial", "clear error", "wrong", "slowest, s"],
    Array.from(outcomes, ([what, { right, partial, error, wrong, slowest }]) => [
      what,
      right + partial + error + wrong,
      right,
      partial,
      error,
      wrong,
      (slowest / 1_000).toFixed(1),
    ]),
  );
  console.log("");
}

export function printKills(report: KillReport): boolean {
  const restarts = report.restartMilliseconds.toSorted((one, other) => one - other);
  console.log(
    `${report.kills} kills in ${report.seconds} s; running again after ${restarts[restarts.length >> 1]} ms (median)\n`,
  );
  printTable(
    ["time from Oura's rotation to the kill", "kills", "connection kept", "Reconnect needed"],
    report.afterRotation.map(({ from, to, kills, lost }) => [sayBucket(from, to), kills, kills - lost, lost]),
  );
  console.log(
    `\n${report.lostWithoutCause} connections lost although Oura had not rotated the tokens, ${report.notMended} not restored by ` +
      `Reconnect, ${report.unanswered} rounds without the right answer`,
  );
  return report.lostWithoutCause + report.notMended + report.unanswered === 0;
}

function sayBucket(from: number, to: number): string {
  if (from === Number.NEGATIVE_INFINITY) return "before the refresh reached Oura";
  return to === Number.POSITIVE_INFINITY ? `${from} ms or more` : `${from} to ${to} ms`;
}

export function printWindow({ refreshes, median, p90, p99, longest }: WindowReport): boolean {
  console.log(`Time from Oura's rotation until the new pair is written, over ${refreshes} refreshes (ms)\n`);
  printTable(
    ["median", "90 %", "99 %", "longest"],
    [[median, p90, p99, longest].map((milliseconds) => milliseconds.toFixed(1))],
  );
  return true;
}

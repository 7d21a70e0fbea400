/** A run of flagged days. */
export interface Run {
  /** Days since 1970-01-01. */
  first: number;
  last: number;
  /** Flagged days. */
  flagged: number;
  /** Days between them without data. */
  withoutData: number;
}

/**
 * Joins flagged days of one metric and one direction into runs. A single day without data between two flags does not
 * end a run; two such days, or a measured day without a flag, do. Nothing is imputed.
 * @param days Flagged days, ascending.
 * @param hasData Whether an unflagged day was measured.
 * @example findRuns([1, 2, 4], () => false) // one run: 3 flagged in 4 days, 1 without data
 */
export function findRuns(days: readonly number[], hasData: (day: number) => boolean): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && day === run.last + 1) extend(run, day, 0);
    else if (run && day === run.last + 2 && !hasData(day - 1)) extend(run, day, 1);
    else runs.push({ first: day, last: day, flagged: 1, withoutData: 0 });
  }
  return runs;
}

function extend(run: Run, day: number, withoutData: number): void {
  run.last = day;
  run.flagged += 1;
  run.withoutData += withoutData;
}

/** The run a flagged day belongs to. */
export function runOf(day: number, runs: readonly Run[]): Run | undefined {
  return runs.find((run) => day >= run.first && day <= run.last);
}

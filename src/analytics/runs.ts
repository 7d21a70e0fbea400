/**
 * A run of flagged (unusual) days of one metric. The flagged days follow one another directly, or with a single day
 * without data between them.
 */
export interface Run {
  /**
   * The first flagged (unusual) day of the run, in days since 1970-01-01. `last` is the last flagged day of the run.
   */
  first: number;
  last: number;
  /** The number of flagged days. */
  flagged: number;
  /** The number of days without data between the first and the last flagged day of the run. */
  withoutData: number;
}

/**
 * Joins the flagged (unusual) days of one metric into runs of flagged days. All days must be flagged in the same
 * direction (all above the usual value, or all below). A single day without data between two flagged days does not end
 * a run. A run ends at two days in a row without data, and at a measured day that is not flagged.
 * @param days The day numbers of the flagged days, in ascending order.
 * @param hasData Whether a day without a flag was measured.
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

/** The run (consecutive flagged days) that contains the given flagged day. */
export function runOf(day: number, runs: readonly Run[]): Run | undefined {
  return runs.find((run) => day >= run.first && day <= run.last);
}

/** A run: flagged (unusual) days of a metric that follow one another, with at most one day without data in between. */
export interface Run {
  /** Day numbers (days since 1970-01-01) of the first and the last flagged day. */
  first: number;
  last: number;
  /** The number of flagged days. */
  flagged: number;
  /** The number of days without data between the flagged days. */
  withoutData: number;
}

/**
 * Joins the flagged (unusual) days of one metric into runs. All days must be flagged in the same direction. A single
 * day without data between two flagged days does not end a run. Two days without data in a row end a run, and so does a
 * measured day without a flag. No values are invented for days without data.
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

/** The run that contains a flagged day. */
export function runOf(day: number, runs: readonly Run[]): Run | undefined {
  return runs.find((run) => day >= run.first && day <= run.last);
}

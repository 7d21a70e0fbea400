/**
 * Flagged (unusual) days of one metric that follow one another. There may be a single day without data between two of
 * them.
 */
export interface Run {
  /** `first` and `last` are the day numbers of the first and the last flagged day. */
  first: number;
  last: number;
  flagged: number;
  /** The number of days without data between the first and the last flagged day. */
  withoutData: number;
}

/**
 * Joins the flagged (unusual) days of one metric into runs of flagged days. All days are flagged in the same direction
 * (above the usual value, or below). A single day without data between two flagged days does not end a run. A run ends
 * at two days in a row without data, and at a measured day that is not flagged.
 * @param days The day numbers of the flagged days (days since 1970-01-01), in ascending order.
 * @param hasData Whether a day without a flag was measured.
 * @returns A day without a flagged neighbour is a run of one day.
 * @example
 * findRuns([1, 2, 4], () => false); // [{ first: 1, last: 4, flagged: 3, withoutData: 1 }]
 * findRuns([1, 3], () => true).length; // 2
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

/**
 * Finds the run that a flagged day (a day number) belongs to.
 * @param runs The runs of the day's metric and direction, from {@link findRuns}.
 * @returns Null if the day is not in any of the runs.
 * @example
 * const runs = findRuns([1, 2, 4], () => false);
 * runOf(4, runs); // { first: 1, last: 4, flagged: 3, withoutData: 1 }
 * runOf(5, runs); // null
 */
export function runOf(day: number, runs: readonly Run[]): Run | null {
  return runs.find((run) => day >= run.first && day <= run.last) ?? null;
}

interface Span {
  /** Epoch ms. */
  start: number;
  end: number;
}

/**
 * The spans of time in which the heart rate of some workouts is to be read. Each part fits on one page of Oura's
 * answers, so that all parts can be read in parallel.
 */
export interface PlannedRead<Workout> {
  parts: readonly Span[];
  holds: readonly Workout[];
}

/**
 * A page of Oura's answers has 1,000 rows. The plan uses only 950 of them, because at some times two sources send rows,
 * which makes more rows than expected.
 */
const rowsPerPage = 950;
/**
 * The expected time between two rows of heart rate within a workout. `otherRowMilliseconds` is the average time at
 * other times. A row every 5 min is usual then, but there are bursts with a row every few seconds.
 */
const workoutRowMilliseconds = 5_000;
const otherRowMilliseconds = 150_000;

/**
 * Chooses the workouts whose heart rate can be read with at most `mostPages` pages, newest first. Adjacent workouts
 * share a page if both workouts and the time between them fit on it. A workout that does not fit on one page is split
 * into equal parts.
 */
export function planPages<Workout extends Span>(
  workouts: readonly Workout[],
  mostPages: number,
): PlannedRead<Workout>[] {
  const planned: (Span & { rows: number; holds: Workout[] })[] = [];
  for (const workout of workouts.toSorted((one, other) => other.start - one.start)) {
    const rows = (workout.end - workout.start) / workoutRowMilliseconds;
    const later = planned.at(-1);
    const together = later && later.rows + rows + Math.max(0, later.start - workout.end) / otherRowMilliseconds;
    if (later && together !== undefined && together <= rowsPerPage) {
      later.start = workout.start;
      later.end = Math.max(later.end, workout.end);
      later.rows = together;
      later.holds.push(workout);
    } else if (planned.reduce((pages, read) => pages + countPages(read.rows), countPages(rows)) <= mostPages) {
      planned.push({ start: workout.start, end: workout.end, rows, holds: [workout] });
    }
  }
  return planned.map((read) => ({ parts: split(read, countPages(read.rows)), holds: read.holds }));
}

function countPages(rows: number): number {
  return Math.max(1, Math.ceil(rows / rowsPerPage));
}

function split({ start, end }: Span, count: number): Span[] {
  const edge = (index: number) => Math.round(start + ((end - start) * index) / count);
  return Array.from({ length: count }, (_, index) => ({ start: edge(index), end: edge(index + 1) }));
}

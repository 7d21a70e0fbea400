interface Span {
  /** Epoch ms. */
  start: number;
  end: number;
}

/** What is read for some workouts: each part is one page, and no part has to wait for another. */
export interface PlannedRead<Workout> {
  parts: readonly Span[];
  holds: readonly Workout[];
}

/** A page of Oura's is 1,000 rows. Some are kept back: two sources may tell of the same moment. */
const rowsPerPage = 950;
/** How far apart Oura's rows lie: in a workout, and otherwise, where five minutes are the rule and bursts of seconds occur. */
const workoutRowMilliseconds = 5_000;
const otherRowMilliseconds = 150_000;

/**
 * Which workouts' heart rate fits in `mostPages` pages, newest first. Neighbours are read in one go where a page holds both
 * and all that lies between; one that is longer than a page comes in even parts.
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

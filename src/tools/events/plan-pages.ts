interface Span {
  /** In epoch ms, like `end`. */
  start: number;
  end: number;
}

/**
 * A plan to read the heart rate of the workouts in `holds`. The readings of each span in `parts` fit on one page of
 * Oura's answers, so all parts can be read in parallel.
 */
export interface PlannedRead<Workout> {
  parts: readonly Span[];
  holds: readonly Workout[];
}

/**
 * A page of Oura's answers has room for 1,000 readings. 50 are kept free, because two sources may send readings at the
 * same time.
 */
const rowsPerPage = 950;
/**
 * A workout has a reading of the heart rate every 5 s. `otherRowMilliseconds` is the expected average outside workouts,
 * where readings usually come every 5 min, but sometimes every few seconds.
 */
const workoutRowMilliseconds = 5_000;
const otherRowMilliseconds = 150_000;

/**
 * Chooses the newest workouts whose heart rate can be read with at most `mostPages` pages of Oura's answers.
 * Neighbouring workouts share a page if the readings of both and of the time between them fit on it. A workout that
 * does not fit on one page is split into equal parts.
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

/**
 * What a night would have been like anyway: the same values with what the weekend and a steady drift explain taken out,
 * by least squares on both at once (Frisch & Waugh 1933). Much of what people do belongs to weekends, and so does how
 * they sleep; two things that both drift over a season go together without having to do with each other.
 */
export interface Setting {
  /** Values of the same nights, in the same order, as differences from what the setting explains. */
  takeOut(values: readonly number[]): number[];
  /** Degrees of freedom the setting costs, the mean not counted. */
  cost: number;
}

/**
 * @param days Day numbers, ascending.
 * @param isWeekend Whether the day belongs to the weekend; null leaves the weekend in, as where it is itself in question.
 */
export function createSetting(days: readonly number[], isWeekend: ((day: number) => boolean) | null): Setting {
  const groups = days.map((day) => isWeekend?.(day) ?? false);
  const hasBoth = groups.includes(true) && groups.includes(false);

  // Run for every comparison several times over, so plain loops.
  function centre(values: readonly number[]): number[] {
    const sums = { weekend: 0, rest: 0 };
    const counts = { weekend: 0, rest: 0 };
    for (let index = 0; index < values.length; index++) {
      const group = groups[index] ? "weekend" : "rest";
      sums[group] += values[index] ?? 0;
      counts[group] += 1;
    }
    const ofWeekend = counts.weekend > 0 ? sums.weekend / counts.weekend : 0;
    const ofRest = counts.rest > 0 ? sums.rest / counts.rest : 0;
    return values.map((value, index) => value - (groups[index] ? ofWeekend : ofRest));
  }

  const time = centre(days);
  const length = product(time, time);
  return {
    takeOut(values) {
      const centred = centre(values);
      const slope = length > 0 ? product(centred, time) / length : 0;
      return centred.map((value, index) => value - slope * (time[index] ?? 0));
    },
    cost: hasBoth ? 2 : 1,
  };
}

/** Σ a·b */
export function product(one: readonly number[], other: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

import { mean } from "simple-statistics";

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

  function centre(values: readonly number[]): number[] {
    const means = [true, false].map((group) => {
      const own = values.filter((_, index) => groups[index] === group);
      return own.length === 0 ? 0 : mean(own);
    });
    return values.map((value, index) => value - (means[groups[index] ? 0 : 1] ?? 0));
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
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}

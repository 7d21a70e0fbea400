import type { IsoDay } from "../analytics/day.ts";
import { formatDayWithin, formatList, meanOf } from "./present.ts";

export interface DayValue {
  day: IsoDay;
  value: number;
}

interface Wording {
  say(value: number): string;
  /** Whether a sum over days is meaningful, as for steps. If it is, the text gives the sum too. */
  addsUp: boolean;
  /** If both days are in the same year, the text names days without their year. */
  within: { start: IsoDay; end: IsoDay };
  saysLatest?: boolean;
}

/**
 * Puts the mean of daily values into words, with the number of days (n), the lowest and the highest value and their
 * days: "7 h 5 min (n 6; 42 h 28 min in all; lowest 5 h 58 min on Fri 20 Nov, highest 8 h 13 min on Sun 15 Nov)". The
 * sum ("in all") is included if `addsUp` is true. The newest value is added if `saysLatest` is true: "; latest 7 h 2
 * min on Sat 21 Nov". Null when no day has a value.
 */
export function sayMeanWithEnds(
  days: readonly DayValue[],
  { say, addsUp, within, saysLatest }: Wording,
): string | null {
  const values = days.map(({ value }) => value);
  const found = meanOf(values);
  if (found === null) return null;
  const [first] = days;
  if (found.n === 1 && first) return `${say(found.mean)} (n 1, ${formatDayWithin(first.day, within)})`;
  const sum = addsUp ? `; ${say(values.reduce((total, value) => total + value, 0))} in all` : "";
  if (values.every((value) => value === values[0])) return `${say(found.mean)} (n ${found.n}${sum}; the same on each)`;
  const ends = (["lowest", "highest"] as const).map((end) => {
    const extreme = end === "lowest" ? Math.min(...values) : Math.max(...values);
    const held = days.filter(({ value }) => value === extreme);
    const on = sayHeldOn(
      held.map(({ day }) => day),
      (day) => formatDayWithin(day, within),
    );
    return `${end} ${say(extreme)} on ${on}`;
  });
  const latest = days.at(-1);
  const newest = saysLatest && latest ? `; latest ${say(latest.value)} on ${formatDayWithin(latest.day, within)}` : "";
  return `${say(found.mean)} (n ${found.n}${sum}; ${ends.join(", ")}${newest})`;
}

/**
 * The days in `days` all have the lowest value, or all have the highest value. They are listed oldest first. One or two
 * days are named. Of more days, only the newest is named and the others are counted: "Fri 20 Nov and 3 earlier days".
 */
export function sayHeldOn(days: readonly IsoDay[], say: (day: IsoDay) => string): string {
  const newest = days.at(-1);
  if (newest === undefined) return "";
  if (days.length <= 2) return formatList(days.map(say));
  return `${say(newest)} and ${days.length - 1} earlier days`;
}

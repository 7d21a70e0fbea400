import type { DailySeries } from "../series.ts";

/** Something before a night that may be associated with how the night turns out, such as alcohol or steps. */
export interface Factor {
  name: string;
  /**
   * With `yes_no`, the factor either occurred before a night (1) or did not (0). With `amount`, the value is a
   * quantity, such as a number of steps.
   */
  kind: "yes_no" | "amount";
  /**
   * The factor's value before each night, listed under the day of waking up. Only what happened before the night
   * counts. Null if the value is not known.
   */
  beforeNight: DailySeries;
  /** Set only if this factor is the weekend. The comparisons of all other factors are adjusted for the weekend. */
  isWeekend?: true;
}

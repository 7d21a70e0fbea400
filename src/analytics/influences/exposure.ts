import { medianSorted } from "simple-statistics";
import { sortNumbers } from "../winsorise.ts";
import type { Factor } from "./factor.ts";
import { normalScores } from "./normal-scores.ts";
import { product } from "./projection.ts";

/** The values of one factor before each night of a list, split into nights with and without the factor. */
export interface Exposure {
  /** For an amount, such as steps, the number of nights with an amount above `splitAt`. */
  nWith: number;
  nWithout: number;
  /** The median of the factor's amounts. It is null for a yes/no factor. It is also null if there are no nights. */
  splitAt: number | null;
  /** The value 1 for each night with the factor, else 0. */
  sides: Float64Array;
  /**
   * The factor's values for the significance test: the normal scores of the amounts, or `sides` itself for a yes/no
   * factor.
   */
  scores: Float64Array;
}

/**
 * Splits nights into nights with and without a factor. For an amount, such as steps, the nights are split into those
 * above the median amount and all others.
 * @param values Before each night: 1 or 0 for a yes/no factor, else an amount.
 * @example describeExposure([4000, 9000, 7000], "amount") // { splitAt: 7000, nWith: 1, nWithout: 2, … }
 */
export function describeExposure(values: readonly number[], kind: Factor["kind"]): Exposure {
  const splitAt = kind === "amount" && values.length > 0 ? medianSorted(sortNumbers(values)) : null;
  const limit = splitAt ?? 0; // between the 0 and the 1 of a yes/no factor
  const sides = new Float64Array(values.map((value) => (value > limit ? 1 : 0)));
  const nWith = product(sides, sides);
  const scores = kind === "amount" ? normalScores(values) : sides;
  return { nWith, nWithout: values.length - nWith, splitAt, sides, scores };
}

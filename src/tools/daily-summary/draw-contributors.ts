import type { IsoDay } from "../../analytics/day.ts";
import type { ContributorsPicture, DrawnContributor } from "../../words/pictures.ts";
import { round, upperFirst } from "../../words/present.ts";

interface RatedScore {
  /** The name and value of the score: "readiness 62". */
  name: string;
  ratings: readonly (Omit<DrawnContributor, "rating"> & { value: number | null })[];
}

/** The contributor with the lowest rating comes first. Null when there are no scores. */
export function drawContributors(day: IsoDay, scores: readonly RatedScore[]): ContributorsPicture | null {
  if (scores.length === 0) return null;
  return {
    kind: "contributors",
    day,
    scores: scores.map(({ name, ratings }) => ({
      name: upperFirst(name),
      contributors: ratings
        .map(({ label, value, usual, stands }) => ({
          label: upperFirst(label),
          rating: round(value),
          usual: usual && { low: usual.low, high: usual.high },
          stands,
        }))
        // Ratings go up to 100, so 101 puts contributors without a rating last.
        .toSorted((one, other) => (one.rating ?? 101) - (other.rating ?? 101)),
    })),
  };
}

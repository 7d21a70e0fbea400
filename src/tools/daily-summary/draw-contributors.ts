import type { IsoDay } from "../../analytics/day.ts";
import type { ContributorsPicture, DrawnContributor } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";

interface RatedScore {
  /** "readiness 62" */
  name: string;
  ratings: readonly (Omit<DrawnContributor, "rating"> & { value: number | null })[];
}

/** The contributors of a day's scores, the lowest rating first. Null without any. */
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
        // Those without a rating are last.
        .toSorted((one, other) => (one.rating ?? 101) - (other.rating ?? 101)),
    })),
  };
}

function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

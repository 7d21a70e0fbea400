import type { DayRange } from "../../analytics/day.ts";
import { type FactorComparison, falseDiscoveryRate, type Influences } from "../../analytics/influences/influences.ts";
import { overlapMuch } from "../../analytics/influences/overlap.ts";
import { type Estimate, leastNights, leastNightsASide } from "../../analytics/influences/regress-nights.ts";
import type { MetricId } from "../../oura/metrics.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { type MeanChange, sayChangeOf, showChange } from "../../words/metric-change.ts";
import { sayMetric, unitOf } from "../../words/metric-words.ts";
import { formatList, formatSpan, joinSentences, pValue, upperFirst } from "../../words/present.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { describeUnknownFactors, listFactors } from "./choose-factors.ts";
import type { Factors, factorMeanings } from "./factors.ts";
import type { JudgedNights } from "./judge-nights.ts";

/** Findings are factors with a clear association. The smallest p-value comes first. */
export function sortFindings({ comparisons }: Pick<Influences, "comparisons">): FactorComparison[] {
  return comparisons.filter(({ isFound }) => isFound).toSorted((one, other) => one.estimate.p - other.estimate.p);
}

/**
 * The findings (clear associations) come first. Findings and other comparisons are each sorted by p-value, the smallest
 * first.
 */
export function sortComparisons(influences: Pick<Influences, "comparisons">): FactorComparison[] {
  const rest = influences.comparisons
    .filter(({ isFound }) => !isFound)
    .toSorted((one, other) => one.estimate.p - other.estimate.p);
  return [...sortFindings(influences), ...rest];
}

/**
 * The findings (clear associations) by p-value, the number of comparisons, and a warning that an association does not
 * prove an effect.
 */
export function summarizeInfluences(
  { influences, ...chosen }: JudgedNights,
  outcomes: readonly MetricId[],
  range: DayRange,
  isAsked: boolean,
): string {
  const { comparisons } = influences;
  const names = formatList(outcomes.map(sayMetric));
  const head = `${upperFirst(names)}, nights of ${formatSpan(range)}:`;
  if (comparisons.length === 0)
    return joinSentences(`${head} ${sayNothingCompared(influences, chosen)}`, sayUnknown(chosen));
  const found = sortFindings(influences);
  const factors = new Set(comparisons.map(({ factor }) => factor)).size;
  const listed = found.slice(0, 4).map(sayComparison);
  return joinSentences(
    head,
    found.length === 0
      ? `${sayNothing(factors, comparisons.length)}.`
      : `${listed.join("; ")}${found.length > listed.length ? `; and ${found.length - listed.length} more` : ""}.`,
    isAsked ? sayRest(influences) : null,
    sayUnknown(chosen),
    found.length === 0 || isAsked
      ? null
      : `Nothing stood out in the other ${comparisons.length - found.length} of ${comparisons.length} comparisons.`,
    "An association does not prove an effect.",
  );
}

/** Example: "nothing stood out among 11 things looked at (33 comparisons)". */
function sayNothing(factors: number, comparisons: number): string {
  if (comparisons === 1) return "nothing stood out in the one comparison";
  const among = factors === 1 ? "in the one thing looked at" : `among ${factors} things looked at`;
  return `nothing stood out ${among} (${comparisons} comparisons)`;
}

type Chosen = Omit<JudgedNights, "influences" | "nightsAtRest">;

function sayNothingCompared({ unjudged }: Influences, { factors, unknown }: Chosen): string {
  if (unjudged.length > 0) {
    const most = Math.max(...unjudged.map(({ result: { nWith, nWithout } }) => nWith + nWithout));
    return `cannot say; at least ${leastNights} nights and ${leastNightsASide} on each side are needed (so far ${most} nights).`;
  }
  const leftOut = [...factors.rareTags, ...factors.tagsLeftOut, ...factors.unread];
  if (leftOut.length > 0) return `cannot say of ${listFactors(leftOut)}.`;
  return unknown.length > 0 ? "nothing was compared." : "there is nothing to compare.";
}

function sayUnknown({ unknown, available, factors }: Chosen): string | null {
  if (unknown.length === 0) return null;
  if (!factors.knowsTags) return "A name may be that of a tag, and tags could not be read.";
  const own = factors.givenNames.size > 0 ? ", with the names of own tags in wearer_text" : "";
  return `No factor of these nights has ${unknown.length === 1 ? "the name" : `${unknown.length} of the names`} asked for; there are ${listFactors(available)}${own}.`;
}

/** Lists at most four comparisons without a clear association, with their figures, and counts the others. */
function sayRest(influences: Influences): string | null {
  const rest = sortComparisons(influences).filter(({ isFound }) => !isFound);
  if (rest.length === 0) return null;
  const listed = rest.slice(0, 4).map(sayComparison);
  const more = rest.length > listed.length ? `; and ${rest.length - listed.length} more` : "";
  return `Not clear: ${listed.join("; ")}${more}.`;
}

const phrases: Readonly<Record<keyof typeof factorMeanings, string>> = {
  "any workout": "after a day with a workout",
  "late workout": "after a late workout",
  "hard workout": "after a hard workout",
  steps: "after days with more steps",
  active_minutes: "after more active days",
  sitting_time: "after days with more sitting",
  stress_high: "after days with more high stress",
  bedtime: "when going to bed later",
  previous_sleep: "after a longer sleep the night before",
  weekend: "on weekend nights",
};

function sayFactor(factor: string): string {
  if (factor in phrases) return phrases[factor as keyof typeof phrases]; // the condition checks that it is a key
  return factor.startsWith("tag ") ? `after the ${factor}` : `after ${factor}`;
}

/**
 * Example: "after the tag alcohol resting heart rate +3.9 bpm (95 % interval +2.9 to +5 bpm), from 52.0 bpm (131 nights
 * without) to 55.9 bpm (40 with)".
 */
function sayComparison({ outcome, factor, estimate }: FactorComparison): string {
  const id = outcome as MetricId; // outcomes are ids of the metric catalogue
  const said = sayChangeOf(id, adjustedMeans(estimate));
  const [without, withIt] =
    estimate.splitAt === null ? ["nights without", "with"] : ["nights below the median", "above"];
  return (
    `${sayFactor(factor)} ${sayMetric(id)} ${said.signed} (95 % interval ${said.interval}), ` +
    `from ${said.from} (${estimate.nWithout} ${without}) to ${said.to} (${estimate.nWith} ${withIt})`
  );
}

/**
 * Returns the adjusted means of the nights with and without the factor. The difference of these two means is the
 * adjusted difference. The mean of the two, weighted by the numbers of nights, is the mean of all nights. The plain
 * means are not shown, because the difference between them is not the adjusted difference.
 */
function adjustedMeans({ meanWith, meanWithout, nWith, nWithout, difference, low, high }: Estimate): MeanChange {
  const nights = nWith + nWithout;
  const centre = (nWith * meanWith + nWithout * meanWithout) / nights;
  return {
    from: centre - (difference * nWith) / nights,
    to: centre + (difference * nWithout) / nights,
    interval: { low, high },
  };
}

export const comparisonColumns = [
  ...["outcome", "unit", "factor", "difference", "low", "high"],
  ...["mean_with", "n_with", "mean_without", "n_without", "q", "verdict"],
];

export function describeComparison({
  outcome,
  factor,
  estimate,
  q,
  isFound,
}: FactorComparison): (string | number | null)[] {
  const id = outcome as MetricId; // outcomes are ids of the metric catalogue
  const shown = showChange(id, adjustedMeans(estimate));
  return [
    ...[id, unitOf(id), factor],
    ...[shown.difference, shown.low, shown.high],
    ...[shown.to, estimate.nWith, shown.from, estimate.nWithout],
    pValue(q, 4),
    isFound ? "found" : "not_clear",
  ];
}

/** For each outcome (a metric of the night), the compared factors without a clear association. */
export function listNothingFound({ comparisons }: Influences): Record<string, string[]> {
  const rest = Map.groupBy(
    comparisons.filter(({ isFound }) => !isFound),
    ({ outcome }) => outcome,
  );
  return Object.fromEntries(Array.from(rest, ([outcome, own]) => [outcome, own.map(({ factor }) => factor)]));
}

/**
 * Reports everything that could not be compared. The summary names tags that were left out only if nothing else could
 * be compared. It describes the other entries in its own words.
 */
export function describeLosses(judged: JudgedNights): { named: MissingEntry[]; unnamed: MissingEntry[] } {
  const { comparisons, unjudged } = judged.influences;
  const leftOut = describeLeftOutTags(judged.factors);
  const isOnlyReason = comparisons.length === 0 && unjudged.length === 0;
  return {
    named: isOnlyReason ? leftOut : [],
    unnamed: [
      ...describeUnjudged(judged.influences),
      ...(isOnlyReason ? [] : leftOut),
      ...describeUnknownFactors(judged),
    ],
  };
}

/**
 * Factors (such as a tag) that could not be judged for the same reason and the same outcomes (such as HRV) share an
 * entry.
 */
function describeUnjudged({ unjudged }: Influences): MissingEntry[] {
  const details = unjudged.map(({ outcome, factor, result }) => ({
    outcome,
    factor,
    detail:
      result.kind === "too_few_nights"
        ? `too few nights: at least ${leastNightsASide} with and ${leastNightsASide} without, and ${leastNights} in all, are needed`
        : "it cannot be told apart from weekends, time or what was found",
  }));
  const groups = Map.groupBy(details, ({ factor, detail }) => `${factor} ${detail}`);
  const factors = Array.from(groups.values(), (group) => ({
    factor: group[0]?.factor ?? "",
    detail: group[0]?.detail ?? "",
    outcomes: group.map(({ outcome }) => outcome).join(", "),
  }));
  return Array.from(
    Map.groupBy(factors, ({ detail, outcomes }) => `${detail} ${outcomes}`).values(),
    (group): MissingEntry => ({
      what: `${group.map(({ factor }) => factor).join(", ")} for ${group[0]?.outcomes}`,
      reason: "unavailable",
      detail: group[0]?.detail ?? "",
    }),
  );
}

/** One entry of the answer's `missing` list names at most this many tags. */
const mostNamed = 24;

/**
 * Tags are left out if they are used too rarely, or if other tags are used more often. Notes without a tag get an entry
 * too.
 */
function describeLeftOutTags({ rareTags, tagsLeftOut, namelessTags }: Factors): MissingEntry[] {
  const entry = (names: readonly string[], detail: string): MissingEntry[] =>
    names.length === 0
      ? []
      : [
          {
            what: [
              ...names.slice(0, mostNamed),
              ...(names.length > mostNamed ? [`${names.length - mostNamed} more tags`] : []),
            ].join(", "),
            reason: "unavailable",
            detail,
          },
        ];
  const notes = namelessTags === 0 ? [] : [`${namelessTags} ${namelessTags === 1 ? "note" : "notes"} without a tag`];
  return [
    ...entry(rareTags, "used on fewer than 5 days"),
    ...entry(tagsLeftOut, "only the 12 most used tags are looked at"),
    ...entry(notes, "a note has no name to compare by"),
  ];
}

/**
 * Names pairs of factors that mostly occur on the same nights, because their associations with one metric cannot be
 * told apart. At least one factor of a pair is a finding (a clear association). The other factor is also a finding, or
 * it is a displaced factor. A displaced factor would be a finding if the analysis did not adjust for other findings.
 */
function sayOverlaps({ comparisons, displaced }: Influences, { list }: Factors, range: DayRange): string[] {
  const found = sortFindings({ comparisons });
  const pairs = found.flatMap((one, index) =>
    [...found.slice(index + 1), ...displaced].flatMap((other) => {
      const [left, right] = [one, other].map(({ factor }) => list.find(({ name }) => name === factor));
      const isPair = one.outcome === other.outcome && left && right;
      return isPair && overlapMuch(left, right, range) ? [`${left.name} and ${right.name}`] : [];
    }),
  );
  const distinct = [...new Set(pairs)];
  return distinct.length === 0
    ? []
    : [`These often fall on the same nights, so their parts cannot be told apart: ${formatList(distinct)}.`];
}

export function noteInfluences(
  { influences, factors, nightsAtRest }: JudgedNights,
  range: DayRange,
  showsAll: boolean,
): string[] {
  return [
    `difference: nights with minus nights without (of an amount: above minus below its median). The difference is adjusted for weekends, a linear trend, the previous night and the other findings for this outcome, and so are the means; low to high: its 95 % interval. q, rounded up, is the expected share of false findings; ${falseDiscoveryRate} or less is ${showsAll ? "found" : "listed"}. A night without a tag counts as without it.`,
    ...(nightsAtRest > 0
      ? [`${nightsAtRest === 1 ? "1 night in rest mode is" : `${nightsAtRest} nights in rest mode are`} left out.`]
      : []),
    ...sayOverlaps(influences, factors, range),
  ];
}

/**
 * The names of the wearer's own tags that an answer mentions by number ("own tag 1"), and a note that these names are
 * text from outside. Both are empty when the answer mentions no own tag.
 */
export function namesIn(answer: object, givenNames: ReadonlyMap<string, string>) {
  const text = JSON.stringify(answer);
  // "own tag 1" must not match "own tag 12". If the answer mentions `wearer_text` (the field with the tags' names), it
  // needs the names of all own tags.
  const isAbout = (tag: string) => text.includes("wearer_text") || new RegExp(`${tag}(?!\\d)`).test(text);
  const names = [...givenNames].filter(([tag]) => isAbout(tag));
  return names.length === 0
    ? { fields: {}, notes: [] }
    : { fields: { wearer_text: Object.fromEntries(names) }, notes: [wearerTextNote] };
}

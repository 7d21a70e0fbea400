import type * as z from "zod";
import { baselineAt, leastBaselineDays, summaryBaselineDays } from "../../analytics/baseline.ts";
import { addDays, dayNumber, formatDays, type IsoDay } from "../../analytics/day.ts";
import type { MetricModel } from "../../analytics/metric-model.ts";
import { type Place, placeInRange } from "../../analytics/place-in-range.ts";
import { createSeries, type DailySeries, valueAt } from "../../analytics/series.ts";
import { typicalRange } from "../../analytics/typical-range.ts";
import {
  type ContributedScore,
  type ContributedScoreName,
  type ContributorRouteName,
  contributedScores,
} from "../../oura/contributors.ts";
import type { Question } from "../../question/define-tool.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { byDay, byRoutes, type Declared, type DocumentsByRoute } from "../../question/reads.ts";
import type { ContributorsPicture } from "../../words/pictures.ts";
import { formatList, round, sayDays, upperFirst } from "../../words/present.ts";
import type { Cell, table } from "../../words/table.ts";
import { drawContributors } from "./draw-contributors.ts";
import type { Column } from "./sections.ts";

type ContributorDocuments = DocumentsByRoute<ContributorRouteName>;

/** Oura calls a score of 70 or more good. */
const leastGoodScore = 70;
/** The two lowest of Oura's five levels of resilience. They count as low, like a score below 70. */
const lowLevels: readonly Cell[] = ["limited", "adequate"];
/**
 * At most this many contributors (ratings from which Oura makes a score) are named as the ones that pulled a score
 * down.
 */
const mostNamed = 3;

const names = Object.keys(contributedScores) as ContributedScoreName[]; // Object.keys returns string[]

/**
 * The settings for comparing a contributor's rating with the wearer's usual ratings. The values are close to those for
 * Oura's scores.
 */
const ratingModel: MetricModel = {
  transform: "none",
  change: "points",
  percentAbove: 0,
  weekday: false,
  atNight: false,
  sdFloor: 3,
  prior: { of: "scale", sd: 8, phi: 0.2, slowShare: 0.2 },
};

interface AskedContributors {
  /** The columns whose documents from Oura could be read. */
  columns: readonly Column[];
  /** `read` returns null when the day has no value or no final value yet. */
  days: readonly { day: IsoDay; read(column: Column): Cell }[];
  /** Null when the question does not ask for contributors (the ratings from which Oura makes a score). */
  documents: ContributorDocuments | null;
  readMore: Question<object, never, never, ContributorRouteName>["readMore"];
}

/**
 * When the question asks for contributors (the ratings from which Oura makes a score), the answer describes all of
 * them. Otherwise, only an answer about one day with a low score names those that pulled the score down, which needs
 * another request to Oura. Null when the answer says nothing about contributors.
 */
export async function answerContributors({
  columns,
  days,
  documents,
  readMore,
}: AskedContributors): Promise<DescribedContributors | null> {
  const columnOf = new Map(columns.map((column) => [column.name, column]));
  const scored = days.map(({ day, read }) => ({
    day,
    read: (score: ContributedScoreName) => {
      const column = columnOf.get(score);
      return column ? read(column) : null;
    },
  }));
  const asked = names.filter((name) => columnOf.has(name));
  if (documents !== null) return describeContributors(documents, scored, { asked, onlyPulled: false });
  const [only, ...others] = scored;
  const low = only && others.length === 0 ? asked.filter((score) => isLow(only.read(score))) : [];
  if (low.length === 0) return null;
  return describeContributors(await readMore(readContributors(low)), scored, { asked: low, onlyPulled: true });
}

export function contributedAmong(columns: readonly { column: Column }[]): ContributedScoreName[] {
  return names.filter((name) => columns.some(({ column }) => column.name === name));
}

/**
 * For a low score or level, the answer names the contributors that pulled it down, even when the question does not ask
 * for contributors.
 */
function isLow(value: Cell): boolean {
  return typeof value === "number" ? value < leastGoodScore : lowLevels.includes(value);
}

/**
 * Contributors (ratings from which Oura makes a score) are read in the range and in the 28 days before it, which show
 * what is usual.
 */
export function readContributors(
  asked: readonly ContributedScoreName[],
): Declared<ContributorDocuments, ContributorRouteName> {
  const reads = asked.map((name) =>
    byDay<ContributorRouteName>(contributedScores[name].route, {
      over: ({ asked: { start, end } }) => ({ start: addDays(start, -summaryBaselineDays), end }),
      figures: [{ name: `contributors of ${name}` }],
    }),
  );
  return byRoutes("support", reads, { under: "missing" });
}

/** Oura's rating of one contributor on one day. A contributor is a part of a score, such as HRV balance. */
interface Rating {
  score: ContributedScoreName;
  name: string;
  label: string;
  counts: string;
  value: number | null;
  usual: { low: number; high: number; typical: number } | null;
  /** The days with a rating, among the 28 days before the day of the answer. */
  n: number;
  stands: Place | null;
}

interface DescribedContributors {
  contributors: z.output<typeof table>;
  summary: string[];
  notes: string[];
  /** Entries for days on which Oura gave a score without its contributors. */
  missing: MissingEntry[];
  /** Null when the answer covers several days. */
  picture: ContributorsPicture | null;
}

interface ScoredDay {
  day: IsoDay;
  /** Null when the day has no value or no final value yet. */
  read(score: ContributedScoreName): Cell;
}

/**
 * For one day, each contributor's rating is compared with its usual range from the 28 days before that day. For several
 * days, the table has for each contributor the mean, the lowest and the highest rating with their days, and the number
 * of days below usual.
 * @param onlyPulled Whether the table of one day lists only the contributors that pulled a low score down
 */
function describeContributors(
  documents: ContributorDocuments,
  days: readonly ScoredDay[],
  { asked, onlyPulled }: { asked: readonly ContributedScoreName[]; onlyPulled: boolean },
): DescribedContributors {
  const scores = asked.filter((score) => documents[contributedScores[score].route] !== undefined);
  const all = scores.map((score) => rateScore(score, documents, days));
  const [only] = days;
  const isOneDay = days.length === 1;
  const said = new Map<string, string>();
  const pulledOf = ({ ratings }: RatedDay) => {
    const pulled = pulledDown(ratings);
    for (const { label, counts } of pulled) said.set(label, counts);
    return pulled;
  };
  const summary = all.flatMap(({ score, rated }) => {
    const found = rated.filter(({ ratings }) => ratings.some(isRated));
    const low = found.filter(({ value }) => isLow(value));
    const [day] = found;
    // If the question asks for the contributors of one score on one day, the summary names all contributors of that
    // score.
    const told = isOneDay && !onlyPulled && asked.length === 1 && day ? [sayAll(score, day)] : [];
    if (low.length === 0) return told;
    return [...told, isOneDay ? sayLowDay(score, low, pulledOf) : sayLowDays(score, low, rated.length, pulledOf)];
  });
  return {
    contributors: isOneDay
      ? dayTable(
          all.flatMap(({ rated }) =>
            rated.flatMap(({ ratings }) => (onlyPulled ? pulledDown(ratings) : ratings.filter(isRated))),
          ),
        )
      : rangeTable(all),
    summary,
    notes: [
      ...(only && all.some(({ rated }) => rated.some(({ ratings }) => ratings.some(isRated)))
        ? [
            `Contributors are Ōura's ratings up to 100, usual is that of the 28 days before; how Ōura weighs them is not published.${
              said.size === 0
                ? ""
                : ` What counts: ${[...said].map(([label, counts]) => `${label}: ${counts}`).join("; ")}.`
            }`,
          ]
        : []),
    ],
    missing: all.flatMap(({ score, rated }): MissingEntry[] => {
      const bare = rated.filter(({ ratings }) => !ratings.some(isRated)).map(({ day }) => day);
      if (bare.length === 0) return [];
      return [{ what: `contributors of ${score}`, days: formatDays(bare), reason: "unavailable" }];
    }),
    picture:
      only && isOneDay
        ? drawContributors(
            only.day,
            all.flatMap(({ score, rated }) =>
              rated
                .filter(({ ratings }) => ratings.some(isRated))
                .map(({ value, ratings }) => ({ name: `${contributedScores[score].label} ${value}`, ratings })),
            ),
          )
        : null,
  };
}

interface RatedDay {
  day: IsoDay;
  value: Cell;
  ratings: readonly Rating[];
}

interface RatedScore {
  score: ContributedScoreName;
  rated: readonly RatedDay[];
}

function rateScore(
  score: ContributedScoreName,
  documents: ContributorDocuments,
  days: readonly ScoredDay[],
): RatedScore {
  const { contributors }: ContributedScore = contributedScores[score];
  const held: readonly { day: IsoDay; contributors: Readonly<Record<string, number | null>> | null }[] =
    documents[contributedScores[score].route] ?? [];
  const series = Object.entries(contributors).map(([name, words]) => ({
    name,
    ...words,
    course: createSeries(held.map((document) => [document.day, document.contributors?.[name] ?? null])),
  }));
  const rated = days.flatMap(({ day, read }) => {
    const value = read(score);
    if (value === null) return [];
    return [{ day, value, ratings: series.map(({ course, ...one }) => ({ score, ...one, ...rate(course, day) })) }];
  });
  return { score, rated };
}

function rate(course: DailySeries, day: IsoDay): Pick<Rating, "value" | "usual" | "n" | "stands"> {
  const value = valueAt(course, dayNumber(day));
  const baseline = baselineAt(course, day, ratingModel, { windowDays: summaryBaselineDays });
  if (baseline.kind !== "baseline")
    return {
      value,
      usual: null,
      n: baseline.kind === "too_little_history" ? baseline.haveDays : baseline.n,
      stands: null,
    };
  const { low, high, typical } = typicalRange(baseline, dayNumber(day), ratingModel);
  const usual = { low: Math.max(0, Math.round(low)), high: Math.min(100, Math.round(high)), typical };
  const stands = value === null ? null : placeInRange(value, usual, ratingModel, Math.round);
  return { value, usual, n: baseline.n, stands };
}

function isRated({ value }: Rating): boolean {
  return value !== null;
}

/**
 * Contributors with a rating of at most 70 (the lowest rating that Oura calls good) that is below their usual range. If
 * there are many, those furthest below their usual value are chosen. The lowest rating comes first.
 */
function pulledDown(ratings: readonly Rating[]): Rating[] {
  return ratings
    .filter(({ stands, value }) => stands === "below" && value !== null && value <= leastGoodScore)
    .toSorted((one, other) => shortfall(other) - shortfall(one))
    .slice(0, mostNamed)
    .toSorted(byRating);
}

function byRating(one: Rating, other: Rating): number {
  return (one.value ?? 0) - (other.value ?? 0);
}

function shortfall({ value, usual }: Rating): number {
  return (usual?.typical ?? 0) - (value ?? 0);
}

function sayLowDay(
  score: ContributedScoreName,
  [low]: readonly RatedDay[],
  pulledOf: (day: RatedDay) => Rating[],
): string {
  if (!low) return "";
  const head = `${contributedScores[score].label} ${low.value}`;
  const pulled = pulledOf(low);
  const rated = low.ratings.filter(isRated);
  const lowest = rated.toSorted(byRating).slice(0, 2);
  const [least] = lowest;
  if (pulled.length > 0) {
    const rest = least && !pulled.includes(least) ? `; lowest of all: ${sayRating(least)}` : "";
    return `What pulled ${head} down, by Ōura's ratings up to 100: ${pulled.map(sayRating).join(", ")}${rest}.`;
  }
  const named = formatList(lowest.map(sayRating));
  const most = Math.max(...rated.map(({ n }) => n));
  return rated.every(({ usual }) => usual === null)
    ? `What is usual for the contributors of ${head} cannot be said yet (${most} of ${leastBaselineDays} days); the lowest, rated up to 100, are ${named}.`
    : `No contributor of ${head} is ${rated.some(({ stands }) => stands === "below") ? "low and " : ""}below its usual range; the lowest, rated up to 100, are ${named}.`;
}

/** All contributors of a score on one day, and which of them are below or above usual. */
function sayAll(score: ContributedScoreName, { value, ratings }: RatedDay): string {
  const rated = ratings
    .filter(isRated)
    .toSorted(byRating)
    .map((rating) => {
      const where = rating.stands === "below" || rating.stands === "above" ? `, ${rating.stands} usual` : "";
      return `${sayRating(rating)}${where}`;
    });
  const head = `${contributedScores[score].label} ${value}`;
  return `What makes up ${head}, by Ōura's ratings up to 100, lowest first: ${rated.join("; ")}.`;
}

/** Example: "HRV balance 41 (usual 63 to 88)". */
function sayRating({ label, value, usual }: Rating): string {
  return `${label} ${round(value)}${usual ? ` (usual ${usual.low} to ${usual.high})` : ""}`;
}

function sayLowDays(
  score: ContributedScoreName,
  low: readonly RatedDay[],
  count: number,
  pulledOf: (day: RatedDay) => Rating[],
): string {
  const pulled = Map.groupBy(low.flatMap(pulledOf), ({ label }) => label);
  const most = [...pulled].toSorted(([, one], [, other]) => other.length - one.length).slice(0, mostNamed);
  const isLevel = score === "resilience";
  const head = `${contributedScores[score].label} ${isLevel ? "limited or adequate" : `below ${leastGoodScore}`} on ${low.length} of ${count} days with ${isLevel ? "one" : "a score"} (${sayDays(formatDays(low.map(({ day }) => day)))})`;
  const said = most.map(([label, days]) => `${label} (${days.length} ${days.length === 1 ? "day" : "days"})`);
  return `${upperFirst(head)}${said.length > 0 ? `; below usual on those days: ${said.join(", ")}` : ""}.`;
}

function dayTable(ratings: readonly Rating[]): z.output<typeof table> {
  return {
    columns: ["score", "contributor", "rating", "usual_low", "usual_high", "usual_n", "stands"],
    rows: ratings.map(({ score, name, value, usual, n, stands }) => [
      score,
      name,
      round(value),
      usual?.low ?? null,
      usual?.high ?? null,
      n,
      stands,
    ]),
  };
}

function rangeTable(all: readonly RatedScore[]): z.output<typeof table> {
  return {
    columns: ["score", "contributor", "mean", "n", "lowest", "lowest_on", "highest", "highest_on", "days_below_usual"],
    rows: all.flatMap(({ score, rated }) =>
      Object.keys(contributedScores[score].contributors).flatMap((name) => {
        const days = rated.flatMap(({ day, ratings }) => {
          const rating = ratings.find((one) => one.name === name);
          return rating && rating.value !== null ? [{ day, value: rating.value, stands: rating.stands }] : [];
        });
        const sorted = days.toSorted((one, other) => one.value - other.value || (one.day < other.day ? 1 : -1));
        const [lowest] = sorted;
        // When several days share the lowest or the highest rating, the newest of them is named.
        const highest = sorted.find(({ value }) => value === sorted.at(-1)?.value);
        if (!lowest || !highest) return [];
        const mean = days.reduce((sum, { value }) => sum + value, 0) / days.length;
        const below = days.filter(({ stands }) => stands === "below").length;
        const judged = days.filter(({ stands }) => stands !== null).length;
        return [
          [
            score,
            name,
            round(mean, 1),
            days.length,
            round(lowest.value),
            lowest.day,
            round(highest.value),
            highest.day,
            judged === 0 ? null : below,
          ],
        ];
      }),
    ),
  };
}

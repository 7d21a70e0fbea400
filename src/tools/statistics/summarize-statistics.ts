import { type Aggregate, aggregateDays } from "../../analytics/aggregates.ts";
import { type DayRange, formatDays, isoDay } from "../../analytics/day.ts";
import type { Quartiles } from "../../analytics/quartiles.ts";
import type { Observation } from "../../analytics/series.ts";
import type { Streak, Streaks } from "../../analytics/streaks.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import { sayChangeOf, sayMean } from "../../words/metric-change.ts";
import { endWords, sayMetric, sayRange, sayValue } from "../../words/metric-words.ts";
import {
  formatCount,
  formatDay,
  formatList,
  formatMinutes,
  formatSpan,
  joinSentences,
  sayDays,
  upperFirst,
} from "../../words/present.ts";
import { sayHeldOn } from "../../words/range-words.ts";
import type { Matches, RankedDay } from "./asked-days.ts";
import { type GroupBy, sayGroup } from "./groupings.ts";
import { countLevels, findEnds, type MeasuredGroup, type MeasuredMetric, placeOn } from "./measured-metric.ts";
import { changeOf, type DifferenceVerdict, type GroupDifference } from "./ordinary-differences.ts";
import type { Threshold, Thresholds } from "./thresholds.ts";

export interface Found {
  measured: readonly MeasuredMetric[];
  range: DayRange;
  groupBy: GroupBy;
  verdicts: readonly DifferenceVerdict[];
  matches: Matches | null;
  streaks: Streaks | null;
  top: { ranked: readonly RankedDay[]; tiedAndLeftOut: number; order: "highest" | "lowest" } | null;
}

/** The requested figure with its unit, the days that it covers, and how many of them have a value. */
export function summarizeStatistics(found: Found): string {
  const { measured, matches, streaks, top, groupBy } = found;
  const [only] = measured;
  if (!only) return `${formatSpan(found.range)}: no data.`;
  if (measured.every(({ first, last }) => last < first))
    return `${formatDay(found.range.end)}: today is not over, so ${formatList(measured.map(({ id }) => sayMetric(id)))} cannot be counted yet; include_today counts what there is so far.`;
  if (measured.every(({ days }) => days.length === 0))
    return `${upperFirst(formatList(measured.map(({ id }) => sayMetric(id))))}, ${formatSpan(found.range)}: no data.`;
  const asked = [
    top && sayTop(only, top),
    matches && sayMatches(only, matches),
    streaks && matches && sayStreaks(only, streaks, matches.thresholds),
  ].filter((sentence) => typeof sentence === "string");
  const grouped = groupBy !== "none" ? measured.map((one) => sayGroups(one, found)) : [];
  if (asked.length > 0) return joinSentences(...asked, ...grouped);
  if (groupBy !== "none") return joinSentences(...grouped);
  return joinSentences(...(measured.length === 1 ? [sayWhole(only)] : [sayEach(measured, found.range)]));
}

/** Example: "Sat 22 Aug to Thu 19 Nov 2026". */
function sayCounted({ first, last }: MeasuredMetric): string {
  return formatSpan({ start: isoDay(first), end: isoDay(last) });
}

/** Example: "n 88 of 90 nights". */
function sayCount({ id }: MeasuredMetric, { n, days }: Pick<Aggregate, "n" | "days">): string {
  return `n ${n} of ${days} ${dayNoun(id, days)}`;
}

function dayNoun(id: MetricId, count: number): string {
  const { measured, route }: Metric = metrics[id];
  const word = measured === "night" && route === "sleep" ? "night" : "day";
  return count === 1 ? word : `${word}s`;
}

function wholeOf(measured: MeasuredMetric): Aggregate | null {
  return measured.groups[0]?.figures ?? null;
}

function sayWhole(measured: MeasuredMetric): string {
  const { id } = measured;
  const whole = wholeOf(measured);
  if (whole === null || whole.n === 0) return `${upperFirst(sayMetric(id))}, ${sayCounted(measured)}: no data.`;
  const { n, mean, median, min, max, sum } = whole;
  const levels = countLevels(id, measured.days);
  const total = sum !== null && n > 1 ? `${saySum(id, sum)} in all` : null;
  const centre =
    levels !== null
      ? sayLevels(levels)
      : mean === null
        ? `no mean, because fewer than half of the days were measured`
        : n > 1
          ? `mean ${sayMean(id, mean)}, median ${sayMean(id, median ?? mean)}${sayMiddle(id, measured.groups[0]?.quartiles ?? null)}`
          : sayValue(id, mean);
  const isDayMetric = metrics[id].measured === "day";
  const figures = (isDayMetric ? [total, centre] : [centre, total]).filter((figure) => figure !== null);
  const extremes =
    n > 1 && min && max
      ? `; ${endWords(id).low} ${sayValue(id, min.value)} (${sayExtremeDays(min.days)}), ${endWords(id).high} ${sayValue(id, max.value)} (${sayExtremeDays(max.days)})`
      : "";
  const ends = sayEnds(measured);
  const course = ends === null ? "" : `; ${ends}`;
  return `${upperFirst(sayMetric(id))}, ${sayCounted(measured)}: ${figures.join(", ")} (${sayCount(measured, whole)})${course}${extremes}.`;
}

/**
 * Example: "first 38 ml/kg/min on Tue 2 Dec 2025, latest 41 ml/kg/min on Sun 15 Nov 2026". Null for a metric that does
 * not change slowly.
 */
function sayEnds({ id, days }: MeasuredMetric): string | null {
  const ends = findEnds(id, days);
  if (ends === null) return null;
  const say = ({ day, value }: Observation) => `${sayValue(id, value)} on ${formatDay(isoDay(day))}`;
  return `first ${say(ends.first)}, latest ${say(ends.latest)}`;
}

/** Example: ", middle half 6 h 45 min to 7 h 50 min" (the range between the quartiles). */
function sayMiddle(id: MetricId, quartiles: Quartiles | null): string {
  return quartiles === null ? "" : `, middle half ${sayRange(id, quartiles.lower, quartiles.upper)}`;
}

/**
 * States the figure of each metric and the number of days on which the metric was measured. If consecutive metrics have
 * the same number of days, the number is given only once, after the last of these metrics.
 */
function sayEach(measured: readonly MeasuredMetric[], range: DayRange): string {
  const each = measured.map((one) => {
    const whole = wholeOf(one);
    return whole === null || whole.n === 0
      ? { said: `${sayMetric(one.id)} without data`, count: "" }
      : { said: sayFigureOf(one, whole), count: ` (${sayCount(one, whole)})` };
  });
  const said = each.map(({ said: figure, count }, index) => {
    const next = each[index + 1];
    // Consecutive metrics may share one number of days, which is written after the last of these metrics. A metric
    // whose figure contains a total (", in all") does not share the number, because the comma would make the list
    // unclear.
    const isShared = count !== "" && next?.count === count && !`${figure}${next.said}`.includes(" in all, ");
    return `${figure}${isShared ? ", " : `${count}; `}`;
  });
  return `${formatSpan(range)}: ${said.join("").replace(/; $/, "")}.`;
}

function sayFigureOf(measured: MeasuredMetric, { mean, sum }: Aggregate): string {
  const { id, days } = measured;
  const levels = countLevels(id, days);
  const ends = sayEnds(measured);
  const course = ends === null ? "" : `, ${ends}`;
  if (levels !== null) return `${sayMetric(id)} ${sayLevels(levels)}${course}`;
  const isDayMetric = metrics[id].measured === "day";
  const total = sum !== null && isDayMetric ? `${saySum(id, sum)} in all, ` : "";
  const name = total.includes(` ${sayMetric(id)} `) ? "" : `${sayMetric(id)} `;
  return `${name}${total}${mean === null ? "no mean" : `mean ${sayMean(id, mean)}`}${course}`;
}

/** Example: "251,304 steps" or "212 h 15 min". */
function saySum(id: MetricId, sum: number): string {
  const { unit }: Metric = metrics[id];
  if (unit === "h" || unit === "min") return formatMinutes(Math.round(unit === "h" ? sum * 60 : sum));
  return `${formatCount(Math.round(sum))} ${unit}`;
}

/** Names up to two days with the lowest or highest value. If there are more, names the newest and counts the others. */
function sayExtremeDays(days: readonly number[]): string {
  return sayHeldOn(days.map(isoDay), formatDay);
}

function sayTop(measured: MeasuredMetric, { ranked, tiedAndLeftOut, order }: NonNullable<Found["top"]>): string {
  const { id, days } = measured;
  const word = order === "highest" ? endWords(id).high : endWords(id).low;
  const listed = ranked.slice(0, 5).map(({ day, value }) => `${sayValue(id, value)} on ${formatDay(isoDay(day))}`);
  const ties =
    tiedAndLeftOut > 0
      ? ` ${tiedAndLeftOut} older ${tiedAndLeftOut === 1 ? "day equals" : "days equal"} the last of these.`
      : "";
  const isTied = new Set(ranked.map(({ value }) => value)).size < ranked.length;
  const rest = ranked.length > listed.length ? `, and ${ranked.length - listed.length} more in ranked` : "";
  const head = `${upperFirst(word)} ${sayMetric(id)} of ${days.length} measured ${dayNoun(id, days.length)}, ${sayCounted(measured)}`;
  return `${head}${isTied ? " (of equal ones the newest first)" : ""}: ${formatList(listed)}${rest}.${ties}`;
}

/**
 * Example: "below 6 h 0 min", "80 points or above", "after 23:30", "between 48 bpm and 54 bpm" or "from 48 bpm to 54
 * bpm".
 */
function sayThresholds(id: MetricId, { above, below }: Thresholds): string {
  const words = metrics[id].unit === "clock" ? clockWords : valueWords;
  if (above !== null && below !== null) {
    const [low, high] = [sayValue(id, above.value), sayValue(id, below.value)];
    if (above.isIncluded && below.isIncluded) return `from ${low} to ${high}`;
    if (!above.isIncluded && !below.isIncluded) return `between ${low} and ${high}`;
  }
  const said = [above && sayThreshold(id, above, words.above), below && sayThreshold(id, below, words.below)];
  return said.filter((part) => part !== null).join(" and ");
}

const valueWords = { above: ["above", "or above"], below: ["below", "or below"] } as const;
const clockWords = { above: ["after", "or later"], below: ["before", "or earlier"] } as const;

function sayThreshold(id: MetricId, { value, isIncluded }: Threshold, [beyond, included]: readonly [string, string]) {
  return isIncluded ? `${sayValue(id, value)} ${included}` : `${beyond} ${sayValue(id, value)}`;
}

/**
 * Follows the number of matching days and states how many days match if days exactly at a threshold are counted
 * differently. For example, " (80 points or above: 7)" follows the number of days above 80 points. For a metric of
 * whole numbers without a day exactly at a threshold, it is " (none exactly there)". It is empty for times and
 * durations, because they are rarely equal to a threshold.
 */
function sayEqual({ id }: MeasuredMetric, { thresholds, days, equal, withEqual, withoutEqual }: Matches): string {
  if (equal === 0) return ["h", "min", "clock"].includes(metrics[id].unit) ? "" : " (none exactly there)";
  const isIncluded = days.length === withoutEqual;
  const { above, below } = thresholds;
  const other = { above: above && { ...above, isIncluded }, below: below && { ...below, isIncluded } };
  return ` (${sayThresholds(id, other)}: ${isIncluded ? withEqual : withoutEqual})`;
}

/** The summary names the days beyond the thresholds if there are at most this many. */
const mostNamed = 8;

function sayMatches(measured: MeasuredMetric, matches: Matches): string {
  const { thresholds, days } = matches;
  const { id, days: all } = measured;
  const named =
    days.length > 0 && days.length <= mostNamed ? `: ${sayDays(formatDays(days.map(({ day }) => isoDay(day))))}` : "";
  return `${upperFirst(sayMetric(id))} ${sayThresholds(id, thresholds)} on ${days.length} of ${all.length} measured ${dayNoun(id, all.length)}${sayEqual(measured, matches)}, ${sayCounted(measured)}${named}.`;
}

function sayStreaks({ id }: MeasuredMetric, streaks: Streaks, thresholds: Thresholds): string {
  const { longest, longestCount, current, longestOverSingleGaps } = streaks;
  if (longest === null) return `No ${dayNoun(id, 1)} ${sayThresholds(id, thresholds)}, so no run.`;
  const bridged =
    longestOverSingleGaps > longest.length
      ? ` (${longestOverSingleGaps} if single ${dayNoun(id, 2)} without data did not break it)`
      : "";
  const earlier = longestCount - 1;
  const ties = earlier === 0 ? "" : `, and ${earlier} earlier ${earlier === 1 ? "run" : "runs"} of this length`;
  return `Longest run: ${sayStreak(id, longest)}${ties}${bridged}. ${current ? `Current run: ${sayStreak(id, current)}` : "No run now"}.`;
}

function sayStreak(id: MetricId, { length, first, last }: Streak): string {
  return `${length} ${dayNoun(id, length)}${length > 1 ? " in a row" : ""}, ${formatSpan({ start: isoDay(first), end: isoDay(last) })}`;
}

/**
 * Names the groups with the highest and the lowest mean, or all groups if there are at most three, and states which
 * differences between groups are larger than chance explains.
 */
function sayGroups(measured: MeasuredMetric, { groupBy, verdicts }: Found): string {
  const { id, groups } = measured;
  const withMean = groups.flatMap((group) =>
    group.figures.mean === null ? [] : [{ group, mean: group.figures.mean }],
  );
  const head = `${upperFirst(sayMetric(id))} by ${groupBy.replace("_nights", " night")}, ${sayCounted(measured)}`;
  const levels = countLevels(id, measured.days);
  const ends = sayEnds(measured);
  const course = ends === null ? null : `${upperFirst(ends)}.`;
  if (levels !== null)
    return joinSentences(
      `${head}: ${groups.map((group) => sayGroupLevels(measured, group, groupBy)).join("; ")}.`,
      course,
    );
  if (withMean.length === 0) return `${head}: no group was measured on half of its days, so there are no means.`;
  const verdict = sayVerdict(measured, verdicts.find((one) => one.id === id) ?? null, groupBy);
  // Clock times are compared as minutes on a line, on which 00:05 is later than 23:50.
  const place = ({ mean }: { mean: number }) => (measured.centre === null ? mean : placeOn(measured.centre, mean));
  const sorted = withMean.toSorted((one, other) => place(other) - place(one));
  const [highest] = sorted;
  const lowest = sorted.at(-1);
  const isFew = withMean.length <= 3;
  const { low, high } = endWords(id);
  const listed = isFew
    ? withMean.map(({ group, mean }) => sayGroupMean(measured, group, mean, groupBy)).join("; ")
    : [
        highest && `${high} mean ${sayGroupMean(measured, highest.group, highest.mean, groupBy)}`,
        lowest && `${low} ${sayGroupMean(measured, lowest.group, lowest.mean, groupBy)}`,
      ]
        .filter((part) => part)
        .join("; ");
  return joinSentences(`${head}: ${listed}.`, isFew ? null : sayOverall(measured), course, verdict);
}

/** Example: "solid on 20 days, strong on 8". The most frequent level comes first. */
function sayLevels(levels: readonly { level: string; days: number }[]): string {
  const found = levels.filter(({ days }) => days > 0).toSorted((one, other) => other.days - one.days);
  return found
    .map(({ level, days }, index) => `${level} on ${days}${index > 0 ? "" : days === 1 ? " day" : " days"}`)
    .join(", ");
}

/**
 * Names the levels (such as "solid" resilience) of a group of days. If the answer has at most three groups, all levels
 * of the group are named. If it has more groups, only the most frequent level of the group is named.
 */
function sayGroupLevels(measured: MeasuredMetric, { name, figures, observations }: MeasuredGroup, groupBy: GroupBy) {
  const levels = countLevels(measured.id, observations) ?? [];
  const most = levels.toSorted((one, other) => other.days - one.days)[0];
  const said =
    figures.n === 0 || !most ? "no data" : measured.groups.length <= 3 ? sayLevels(levels) : `mostly ${most.level}`;
  return `${sayGroup(name, groupBy)} ${said} (n ${figures.n})`;
}

function sayGroupMean(
  { id }: MeasuredMetric,
  { name, figures, isPartial }: MeasuredGroup,
  mean: number,
  groupBy: GroupBy,
) {
  return `${sayGroup(name, groupBy)} ${sayMean(id, mean)} (n ${figures.n}${isPartial ? ", in part" : ""})`;
}

function sayOverall({ id, days }: MeasuredMetric): string | null {
  if (metrics[id].unit === "clock" || days.length === 0) return null;
  const { mean } = aggregateDays(days, days.length);
  return mean === null ? null : `All measured ${dayNoun(id, 2)}: mean ${sayMean(id, mean)} (n ${days.length}).`;
}

function sayVerdict(measured: MeasuredMetric, verdict: DifferenceVerdict | null, groupBy: GroupBy): string | null {
  if (verdict === null) return null;
  if (verdict.kind === "too_few")
    return groupBy === "month"
      ? "Too few days to say whether months differ: two need ten measured days each."
      : "Too few weeks to say whether they differ: six are needed.";
  if (verdict.found.length === 0) return "No difference is more than ordinary ups and downs.";
  const said = verdict.found.slice(0, 3).map((found) => {
    const { size, interval } = sayDifference(measured.id, found);
    return `${sayGroup(found.group, groupBy)} ${size} (95 % interval ${interval})`;
  });
  const more = verdict.found.length > 3 ? `, and ${verdict.found.length - 3} more in differences` : "";
  return joinSentences(
    `More than ordinary ups and downs, against the other days: ${formatList(said)}${more}.`,
    sayUnsteady(measured.id, verdict, groupBy),
  );
}

/**
 * Chance may explain the difference of a group of days, such as Mondays, if the group's values vary much. This
 * difference may even be larger than that of a group that is reported as different. The text says this about such a
 * group. If there are several, the text is about the one with the largest difference.
 */
function sayUnsteady(id: MetricId, { found, ordinary }: DifferenceVerdict, groupBy: GroupBy): string | null {
  const least = Math.min(...found.map(({ difference }) => Math.abs(difference)));
  const larger = ordinary.filter(({ difference }) => Math.abs(difference) > least);
  const [first] = larger.toSorted((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
  if (!first) return null;
  const varies = groupBy === "month" ? "whose days vary too much to tell" : "which vary too much from week to week";
  return `Not among them: ${sayGroup(first.group, groupBy)} (${sayDifference(id, first).size}), ${varies}.`;
}

/**
 * The size of a difference and its 95 % interval: "+1,204 steps" with "+810 to +1,598 steps", or "48 min later" with
 * "+29 to +67 min".
 */
function sayDifference(id: MetricId, found: GroupDifference) {
  const said = sayChangeOf(id, changeOf(found));
  const size = metrics[id].unit === "clock" ? `${said.size} ${said.sign < 0 ? "earlier" : "later"}` : said.signed;
  return { size, interval: said.interval };
}

import { aggregateDays, type Extreme } from "../../analytics/aggregates.ts";
import { formatDays, isoDay } from "../../analytics/day.ts";
import { sayMean } from "../../words/metric-change.ts";
import { endWords, sayValue } from "../../words/metric-words.ts";
import { namedMetric } from "../../words/named-metric.ts";
import type { DrawnGroup, DrawnGroups, GroupsPicture } from "../../words/pictures.ts";
import { round, sayDays, upperFirst } from "../../words/present.ts";
import { type GroupBy, sayGroup, sayGroupShort } from "./groupings.ts";
import { addsUp, type MeasuredGroup, type MeasuredMetric, placeOn } from "./measured-metric.ts";
import type { DifferenceVerdict } from "./ordinary-differences.ts";

/**
 * The mean of each group, and the range that holds the middle half of its values. Null when the days are not grouped or
 * no group has a mean.
 */
export function drawGroups(
  measured: readonly MeasuredMetric[],
  groupBy: GroupBy,
  verdicts: readonly DifferenceVerdict[],
): GroupsPicture | null {
  const drawn = measured.filter(({ groups }) => groups.some(({ figures }) => figures.mean !== null));
  const [first] = drawn;
  if (!first || groupBy === "none") return null;
  const start = Math.min(...drawn.map((one) => one.first));
  const end = Math.max(...drawn.map((one) => one.last));
  return {
    kind: "groups",
    groupedBy: groupBy.replace("work_nights", "night"),
    days: `${isoDay(start)}..${isoDay(end)}`,
    metrics: drawn.map((one) => {
      const found = verdicts.find(({ id }) => id === one.id)?.found ?? [];
      return drawMetric(one, groupBy, new Set(found.map(({ group }) => group)));
    }),
  };
}

function drawMetric(measured: MeasuredMetric, groupBy: GroupBy, differing: ReadonlySet<string>): DrawnGroups {
  const { id, days, groups } = measured;
  const { min, max } = aggregateDays(days, days.length);
  const words = endWords(id);
  const end = (word: string, extreme: Extreme | null) =>
    extreme === null
      ? []
      : [{ label: `${upperFirst(word)}, ${sayNewest(extreme)}`, said: sayValue(id, extreme.value) }];
  return {
    ...namedMetric(id),
    isAmount: addsUp(id),
    ends: [...end(words.high, max), ...end(words.low, min)],
    groups: groups.map((group) => drawGroup(measured, group, groupBy, differing)),
  };
}

function drawGroup(
  { id, centre }: MeasuredMetric,
  { name, figures, quartiles, isPartial }: MeasuredGroup,
  groupBy: GroupBy,
  differing: ReadonlySet<string>,
): DrawnGroup {
  const { mean, min, max, n, days } = figures;
  const said = sayGroup(name, groupBy);
  const words = endWords(id);
  const end = (word: string, extreme: Extreme) => `${word} ${sayValue(id, extreme.value)} on ${sayNewest(extreme)}`;
  return {
    name: upperFirst(said),
    short: sayGroupShort(name, groupBy),
    mean: mean === null ? null : round(centre === null ? mean : placeOn(centre, mean), 3),
    said: mean === null ? "no mean" : `mean ${sayMean(id, mean)}`,
    middle: quartiles && { low: round(quartiles.lower, 3) ?? 0, high: round(quartiles.upper, 3) ?? 0 },
    n,
    days,
    isPartial,
    differs: differing.has(name),
    ends: min && max && n > 1 ? `${end(words.low, min)}, ${end(words.high, max)}` : null,
  };
}

/** The newest day with the lowest or highest value: "3 Mar 2026". */
function sayNewest({ days }: Extreme): string {
  return sayDays(formatDays(days.slice(-1).map(isoDay)));
}

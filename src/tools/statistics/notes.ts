import {
  countDays,
  type DayRange,
  dayNumber,
  type IsoDay,
  isoDay,
  isWithin,
  parseIsoDay,
} from "../../analytics/day.ts";
import { noticeableMix, weekdayMix } from "../../analytics/weekday-mix.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { formatClock, formatDay, formatList } from "../../words/present.ts";
import type { GroupBy } from "./groupings.ts";
import type { MeasuredMetric } from "./measured-metric.ts";

interface Noting {
  range: DayRange;
  today: IsoDay;
  groupBy: GroupBy;
  includeToday: boolean;
}

export function explainCounting(measured: readonly MeasuredMetric[], asking: Noting): string[] {
  const { range, today, groupBy, includeToday } = asking;
  const reachesToday = range.end >= today;
  const ofDays = measured.filter(({ id }) => metrics[id].measured === "day");
  const daytime = ofDays.map(({ id }) => id);
  const withToday = ofDays.filter(({ days }) => days.at(-1)?.day === dayNumber(today)).map(({ id }) => id);
  const later = measured.filter(({ beginsLater, days }) => beginsLater && days.length > 0);
  const withDays = measured.filter(({ days }) => days.length > 0).length;
  const ordered = measured.filter(({ id }) => isOrdered(id));
  const sparse = measured
    .filter(({ id }) => !isOrdered(id))
    .filter(({ groups }) => groups.some(({ figures: { n, mean } }) => n > 0 && mean === null));
  const unsteady = sparse.filter(({ centre }) => centre !== null);
  const isByWeekday = groupBy === "weekday" || groupBy === "weekend";
  const nightly = measured.some(({ id }) => metrics[id].measured === "night");
  const adding = measured.some(({ groups }) =>
    groups.some(({ figures: { sum, missing } }) => sum !== null && missing > 0),
  );
  return [
    ...(reachesToday && daytime.length > 0
      ? includeToday
        ? withToday.length > 0
          ? [`${withToday.join(", ")}: today so far is counted; it is not over.`]
          : []
        : [`${daytime.join(", ")}: up to yesterday; include_today counts today so far.`]
      : []),
    ...Array.from(
      Map.groupBy(later, ({ first }) => first),
      ([first, ids]) => {
        const counted = ids.length === withDays ? "Counted" : `${ids.map(({ id }) => id).join(", ")}: counted`;
        return `${counted} from ${formatDay(isoDay(first))} on, the first day with a record.`;
      },
    ),
    ...(sparse.length > unsteady.length || sparse.length > 0
      ? [
          `A mean, median and SD need values on half of the days${unsteady.length > 0 ? ", and of clock times a usual time" : ""}.`,
        ]
      : []),
    // The sum of walking_distance is easily mistaken for the kilometres walked, so a note gives its meaning.
    ...measured.flatMap(({ id }) => (id === "walking_distance" ? [`${id}: ${metrics[id].meaning}.`] : [])),
    ...ordered.map(({ id }) => `${id}: levels have an order and no mean; levels counts the days of each.`),
    ...(isByWeekday && nightly
      ? ["A night belongs to the day of waking up: weekend nights end on Saturday and Sunday."]
      : []),
    ...(adding ? ["Sums are of measured days; nothing is added for the others."] : []),
    ...measured.flatMap(({ id, centre, days }) =>
      centre === null || days.length === 0
        ? []
        : [
            `${id}: times are ordered from ${formatClock(centre - 720)} to ${formatClock(centre - 720)} of the next day, so that a time after midnight is later than one before it.`,
          ],
    ),
    ...sayMix(measured, groupBy),
  ];
}

function isOrdered(id: MetricId): boolean {
  const { levels }: Metric = metrics[id];
  return levels !== undefined;
}

/** Names groups, such as months, that have another mix of weekdays than the whole range. */
function sayMix(measured: readonly MeasuredMetric[], groupBy: GroupBy): string[] {
  if (!["week", "month", "quarter", "year"].includes(groupBy)) return [];
  return measured.flatMap(({ id, days, groups }) => {
    const { model }: Metric = metrics[id];
    if (!model.weekday) return [];
    const all = days.map(({ day }) => day);
    const uneven = groups.filter(
      ({ observations }) =>
        weekdayMix(
          observations.map(({ day }) => day),
          all,
        ) >= noticeableMix,
    );
    if (uneven.length === 0) return [];
    const names = uneven.slice(0, 3).map(({ name }) => name);
    const more = uneven.length > names.length ? ` and ${uneven.length - names.length} more` : "";
    return [
      `${id}: ${names.join(", ")}${more} measured on other weekdays than the rest; differences may come from that.`,
    ];
  });
}

/** In fewer days than this, a change of ring is unlikely. */
export const leastDaysForRings = 60;

/**
 * Names the days in the range on which a ring was set up. Two rings may measure different values for the same person.
 */
export function sayRings(rings: readonly OuraDocument<"ring_configuration">[] | null, range: DayRange): string[] {
  if (rings === null || rings.length < 2 || countDays(range) < leastDaysForRings) return [];
  const days = rings.flatMap(({ set_up_at }) => parseIsoDay(set_up_at?.slice(0, 10) ?? "") ?? []);
  const within = [...new Set(days)].toSorted().filter((day) => day > range.start && isWithin(day, range));
  return within.length === 0
    ? []
    : [
        `A ring was set up on ${formatList(within.map(formatDay))}; a change of level from then on may come from the ring.`,
      ];
}

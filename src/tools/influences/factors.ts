import { summarizeClock, unroll } from "../../analytics/circular.ts";
import { type DayRange, dayNumber } from "../../analytics/day.ts";
import type { Factor } from "../../analytics/influences/factor.ts";
import { createSeries, type DailySeries } from "../../analytics/series.ts";
import { isWeekend } from "../../analytics/weekday-mix.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { wasMostlyOff } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { ownTag, type RingEvent } from "../events/ring-event.ts";
import { createNightTimeline, markNights } from "./night-before.ts";

/** Rarer tags say nothing; more than this many would drown the rest in looks. */
const leastUses = 5;
const mostTags = 12;
/** Minutes after midnight from which a workout's end is late. */
const lateFrom = 19 * 60;
const lateUntil = 4 * 60;

/** What each factor means, in an answer's words. */
export const factorMeanings = {
  "any workout": "a workout of any kind on the day before the night",
  "late workout": "one that ended after 19:00",
  "hard workout": "one of hard intensity",
  steps: "more steps than the median on the day before",
  active_minutes: "more minutes of medium or high activity than the median on the day before",
  bedtime: "going to bed later than the median",
  previous_sleep: "more sleep than the median in the 24 hours before, naps included",
  weekend: "the nights that begin on Friday and Saturday",
} as const;

export interface Factors {
  list: Factor[];
  /** The wearer's own tags by the factor they stand under. */
  ownTags: ReadonlyMap<string, string>;
  /** Tags of Oura's used too seldom, and how many of the wearer's own. */
  rareTags: string[];
  rareOwnTags: number;
  /** Less used than the twelve looked at. */
  tagsLeftOut: number;
}

export interface FactorSources {
  documents: MetricDocuments;
  events: readonly RingEvent[];
  /** Which kinds of events may be read; those of the others are unknown, not absent. */
  kinds: readonly string[];
}

/** Everything that may go with a night of the range, each placed before the night it could have touched. */
export function collectFactors({ documents, events, kinds }: FactorSources, range: DayRange): Factors {
  const timeline = createNightTimeline(documents.sleep ?? []);
  const mark = (happened: readonly RingEvent[], isKnown?: (day: number) => boolean) =>
    markNights(happened, timeline, range, isKnown);
  const tags = groupTags(events, (happened) => mark(happened));
  const worn = wornDays(documents.daily_activity ?? []);
  const workouts = events.filter(({ kind }) => kind === "workout");
  const marked = (name: keyof typeof factorMeanings, isMeant: (event: RingEvent) => boolean): Factor => ({
    name,
    kind: "yes_no",
    beforeNight: mark(workouts.filter(isMeant), (day) => worn === null || worn.has(day)),
  });
  return {
    ...tags,
    list: [
      ...tags.list,
      ...(kinds.includes("workout")
        ? [
            marked("any workout", () => true),
            marked("late workout", isLate),
            marked("hard workout", ({ intensity }) => intensity === "hard"),
          ]
        : []),
      ...dayFactors(documents, range),
      { name: "weekend", kind: "yes_no", isWeekend: true, beforeNight: weekends(range) },
    ],
  };
}

/** Amounts of the day and night before. The day after a night is never among them. */
function dayFactors(documents: MetricDocuments, range: DayRange): Factor[] {
  const { sleep, daily_activity: activity } = documents;
  const amount = (name: keyof typeof factorMeanings, beforeNight: DailySeries): Factor => ({
    name,
    kind: "amount",
    beforeNight,
  });
  return [
    ...(activity
      ? [
          amount("steps", nextDay(readSeries("steps", documents, range.end))),
          amount("active_minutes", nextDay(readActiveMinutes(activity))),
        ]
      : []),
    ...(sleep
      ? [
          amount("bedtime", layOut(readSeries("bedtime", documents, range.end))),
          amount("previous_sleep", nextDay(readSeries("total_sleep", documents, range.end))),
        ]
      : []),
  ];
}

/** What was measured on a day stands before the night that ends on the next. */
function nextDay(series: DailySeries): DailySeries {
  return { firstDay: series.firstDay + 1, values: series.values };
}

/** Clock times on a line around their middle, so that 00:10 is later than 23:50. */
function layOut(series: DailySeries): DailySeries {
  const times = series.values.filter((value) => value !== null);
  if (times.length === 0) return series;
  const { mean: centre } = summarizeClock(times);
  const values = series.values.map((value) => (value === null ? null : (unroll([value], centre)[0] ?? null)));
  return { firstDay: series.firstDay, values };
}

function readActiveMinutes(activity: readonly OuraDocument<"daily_activity">[]): DailySeries {
  return createSeries(
    activity.map((document) => {
      const { day, high_activity_time: high, medium_activity_time: medium } = document;
      return [day, high === null || medium === null || wasMostlyOff(document) ? null : (high + medium) / 60];
    }),
  );
}

function weekends(range: DayRange): DailySeries {
  const first = dayNumber(range.start);
  const length = Math.max(0, dayNumber(range.end) - first + 1);
  return { firstDay: first, values: Array.from({ length }, (_, index) => (isWeekend(first + index) ? 1 : 0)) };
}

/** Days the ring was on; null where activity may not be read. */
function wornDays(activity: readonly OuraDocument<"daily_activity">[]): ReadonlySet<number> | null {
  if (activity.length === 0) return null;
  return new Set(activity.filter((document) => !wasMostlyOff(document)).map(({ day }) => dayNumber(day)));
}

/** Whether a workout ended in the evening of the wearer's own clock, which its start is written in. */
function isLate({ start, end, startedAt }: RingEvent): boolean {
  if (start === null || end === null) return false;
  const [hours = 0, minutes = 0] = startedAt.slice(11, 16).split(":").map(Number);
  const clock = (hours * 60 + minutes + (end - start) / 60_000) % 1440;
  return clock >= lateFrom || clock < lateUntil;
}

/** Each tag used often enough. The wearer's own stand under a number, their text beside it. */
function groupTags(events: readonly RingEvent[], mark: (happened: readonly RingEvent[]) => DailySeries): Factors {
  // A note without a name is no habit that could be counted.
  const tags = events.filter(({ kind, what, ownName }) => kind === "tag" && (what !== ownTag || ownName !== null));
  const groups = [...Map.groupBy(tags, ({ what, ownName }) => `${what} ${ownName?.toLowerCase() ?? ""}`).values()];
  const daysOf = (group: readonly RingEvent[]) => new Set(group.map(({ day }) => day)).size;
  const often = groups
    .filter((group) => daysOf(group) >= leastUses)
    .toSorted((one, other) => daysOf(other) - daysOf(one));
  const rare = groups.filter((group) => daysOf(group) < leastUses).flatMap(([tag]) => (tag ? [tag] : []));
  const ownTags = new Map<string, string>();
  const list = often.slice(0, mostTags).flatMap((group): Factor[] => {
    const [tag] = group;
    if (!tag) return [];
    const name = tag.ownName === null ? `tag ${tag.what}` : `own tag ${ownTags.size + 1}`;
    if (tag.ownName !== null) ownTags.set(name, tag.ownName);
    return [{ name, kind: "yes_no", beforeNight: mark(group) }];
  });
  return {
    list,
    ownTags,
    rareTags: rare.filter(({ ownName }) => ownName === null).map(({ what }) => what),
    rareOwnTags: rare.filter(({ ownName }) => ownName !== null).length,
    tagsLeftOut: Math.max(0, often.length - mostTags),
  };
}

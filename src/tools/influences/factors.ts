import { summarizeClock, unroll } from "../../analytics/circular.ts";
import { type DayRange, dayNumber } from "../../analytics/day.ts";
import type { Factor } from "../../analytics/influences/factor.ts";
import { createSeries, type DailySeries } from "../../analytics/series.ts";
import { isWeekend } from "../../analytics/weekday.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { wasMostlyOff } from "../../oura/wear.ts";
import { nameKey } from "../../question/matches-name.ts";
import { ownTag, type RingEvent } from "../../question/ring-event.ts";
import { createNightTimeline, markNights } from "./night-before.ts";

/** A tag is compared only if it is used on at least this many days. */
const leastUses = 5;
/**
 * At most this many tags are compared, because each further comparison makes the correction for multiple comparisons
 * stricter.
 */
const mostTags = 12;
/**
 * A workout counts as late when it ends at 19:00 or later and before 04:00 (`lateUntil`). Both limits are in minutes
 * after midnight.
 */
const lateFrom = 19 * 60;
const lateUntil = 4 * 60;

/** A factor is something before a night that may be associated with a better or worse night. */
export const factorMeanings = {
  "any workout": "a workout of any kind on the day before the night",
  "late workout": "one that ended after 19:00",
  "hard workout": "one of hard intensity",
  steps: "more steps than the median on the day before",
  active_minutes: "more minutes of medium or high activity than the median on the day before",
  sitting_time: "more sitting than the median on the day before",
  stress_high: "more minutes of high stress than the median on the day before",
  bedtime: "going to bed later than the median",
  previous_sleep: "more sleep than the median in the 24 hours before, naps included",
  weekend: "the nights that begin on Friday and Saturday",
} as const;

export interface Factors {
  list: Factor[];
  /**
   * The names of custom tags, and the words of codes from Oura that Ringbridge does not know. The keys are the names
   * that answers use, such as "own tag 1".
   */
  givenNames: ReadonlyMap<string, string>;
  /**
   * Tags that are used too rarely to be compared. `tagsLeftOut` are not compared because other tags are used more
   * often.
   */
  rareTags: string[];
  tagsLeftOut: string[];
  /** Factors, such as stress, whose data could not be read or that the ring does not measure. */
  unread: readonly string[];
  knowsTags: boolean;
  /**
   * The wearer's notes without a tag. They cannot be a factor, because they have no name by which they could be
   * grouped.
   */
  namelessTags: number;
}

export interface FactorSources {
  documents: MetricDocuments;
  events: readonly RingEvent[];
  /** The kinds of events that could be read. For other kinds, it is not known whether events happened. */
  kinds: readonly string[];
}

/**
 * Factors are things before a night that may influence it, such as a late workout. Each has one value for each night.
 */
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
    unread: documents.daily_stress?.length ? [] : ["stress_high"],
    knowsTags: kinds.includes("tag"),
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

/**
 * Factors that are amounts, such as steps. Each is known when the night begins: the steps are those of the day before
 * the night.
 */
function dayFactors(documents: MetricDocuments, range: DayRange): Factor[] {
  const { sleep, daily_activity: activity, daily_stress: stress } = documents;
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
          amount("sitting_time", nextDay(readSeries("sitting_time", documents, range.end))),
        ]
      : []),
    ...(stress?.length ? [amount("stress_high", nextDay(readSeries("stress_high", documents, range.end)))] : []),
    ...(sleep
      ? [
          amount("bedtime", layOut(readSeries("bedtime", documents, range.end))),
          amount("previous_sleep", nextDay(readSeries("total_sleep_with_naps", documents, range.end))),
        ]
      : []),
  ];
}

/**
 * The value of a day is compared with the night after this day. That night belongs to the next day, on which it ends.
 */
function nextDay(series: DailySeries): DailySeries {
  return { firstDay: series.firstDay + 1, values: series.values };
}

/** Converts clock times to numbers on a line around their mean. On this line, 00:10 comes after 23:50. */
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
      return [day, high === null || medium === null ? null : (high + medium) / 60];
    }),
  );
}

function weekends(range: DayRange): DailySeries {
  const first = dayNumber(range.start);
  const length = Math.max(0, dayNumber(range.end) - first + 1);
  return { firstDay: first, values: Array.from({ length }, (_, index) => (isWeekend(first + index) ? 1 : 0)) };
}

/**
 * The days on which the ring was worn most of the time, as day numbers (days since 1970-01-01). Null when activity
 * could not be read.
 */
function wornDays(activity: readonly OuraDocument<"daily_activity">[]): ReadonlySet<number> | null {
  if (activity.length === 0) return null;
  return new Set(activity.filter((document) => !wasMostlyOff(document)).map(({ day }) => dayNumber(day)));
}

/** Whether a workout ended late in the day. The clock time is the local time of the place where the workout started. */
function isLate({ start, end, startedAt }: RingEvent): boolean {
  if (start === null || end === null) return false;
  const [hours = 0, minutes = 0] = startedAt.slice(11, 16).split(":").map(Number);
  const clock = (hours * 60 + minutes + (end - start) / 60_000) % 1440;
  return clock >= lateFrom || clock < lateUntil;
}

export interface NamedTag {
  /** For example "tag late meal". A tag that the wearer named is called "own tag 1" and so on. */
  name: string;
  uses: readonly RingEvent[];
}

/**
 * The tag used on the most days comes first. Tags that the wearer named are called "own tag 1" and so on, and
 * `givenNames` gives their names.
 */
export interface NamedTags extends Pick<Factors, "givenNames" | "namelessTags"> {
  tags: readonly NamedTag[];
}

/**
 * The wearer's own tags are named by number ("own tag 1"), so that answers need not contain names that the wearer gave.
 */
export function nameTags(events: readonly RingEvent[]): NamedTags {
  const all = events.filter(({ kind }) => kind === "tag");
  const named = all.filter(({ what, givenName }) => what !== ownTag || givenName !== null);
  const groups = [...Map.groupBy(named, ({ what, givenName }) => `${what} ${nameKey(givenName)}`).values()];
  const givenNames = new Map<string, string>();
  const tags = groups
    .toSorted((one, other) => countDaysOf(other) - countDaysOf(one))
    .map((uses) => ({ uses, name: nameTag(uses, givenNames) }));
  return { tags, givenNames, namelessTags: all.length - named.length };
}

function countDaysOf(uses: readonly RingEvent[]): number {
  return new Set(uses.map(({ day }) => day)).size;
}

/**
 * Each tag that is used on enough days becomes a factor. If there are too many such tags, only the most used tags
 * become factors.
 */
function groupTags(events: readonly RingEvent[], mark: (happened: readonly RingEvent[]) => DailySeries) {
  const { tags, ...names } = nameTags(events);
  const often = tags.filter(({ uses }) => countDaysOf(uses) >= leastUses);
  return {
    ...names,
    list: often.slice(0, mostTags).map(({ name, uses }): Factor => ({ name, kind: "yes_no", beforeNight: mark(uses) })),
    rareTags: tags.slice(often.length).map(({ name }) => name),
    tagsLeftOut: often.slice(mostTags).map(({ name }) => name),
  };
}

/**
 * For example "tag late meal". A tag that the wearer named is called "own tag 1" and so on, and its real name is added
 * to `givenNames`.
 */
function nameTag([tag]: readonly RingEvent[], givenNames: Map<string, string>): string {
  if (!tag || tag.givenName === null) return `tag ${tag?.what ?? ""}`;
  const number = [...givenNames.keys()].filter((name) => name.startsWith(tag.what)).length + 1;
  const name = `${tag.what} ${number}`;
  givenNames.set(name, tag.givenName);
  return name;
}

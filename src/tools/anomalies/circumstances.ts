import { addDays, type DayRange, dayMilliseconds, dayNumber, type IsoDay, parseOffset } from "../../analytics/day.ts";
import { findTimeZoneChanges } from "../../analytics/time-zone-change.ts";
import { readNightOffsets } from "../../oura/metric-series.ts";
import type { SleepDay } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { readOldTags } from "../../question/read-events.ts";
import { byDay, bySpan, context, daysBefore } from "../../question/reads.ts";
import { nameStart } from "../../question/ring-event.ts";
import { nameTag } from "../../words/tag-name.ts";
import { sayJourney } from "./say-journey.ts";

export interface Circumstances {
  /**
   * A few words for each event that may explain an unusual night or day. For a night, `day` is the day of waking up,
   * and the events are those between the bedtimes of the previous night and of this night. Later events cannot explain
   * the night. For a day, they are the events of that day and of the day before.
   */
  before(day: IsoDay, measured: "night" | "day"): string[];
}

/**
 * If the workouts, tags or rest mode that may explain an unusual day cannot be read, the answer's `missing` list names
 * them, and the answer is otherwise complete.
 */
export const circumstanceReads = {
  workouts: context(byDay("workout", { over: daysBefore(1), figures: [{ name: "workouts as context" }] })),
  tags: context(bySpan("enhanced_tag", "tags as context", { over: daysBefore(1) })),
  oldTags: readOldTags(["tag"], daysBefore(1)),
  restModes: context(bySpan("rest_mode_period", "rest mode as context", { over: daysBefore(1) })),
};

interface Noted {
  workouts: readonly OuraDocument<"workout">[] | null;
  tags: readonly OuraDocument<"enhanced_tag">[] | null;
  oldTags: readonly OuraDocument<"tag">[] | null;
  restModes: readonly OuraDocument<"rest_mode_period">[] | null;
}

/** `start` and `end` are in epoch ms, or null if Oura gives no times. */
interface Recorded {
  text: string;
  day: IsoDay;
  /** Null when the event has not ended. */
  lastDay: IsoDay | null;
  start: number | null;
  end: number | null;
}

/**
 * For this many days after a journey (a change of time zone), the journey is named as a possible explanation of unusual
 * days and nights.
 */
const daysAfterJourney = 2;

/**
 * Events since the previous bedtime may explain an unusual night. If the previous bedtime is not known, the events of
 * this many milliseconds before the night's bedtime are used.
 */
const longestWaking = 24 * 3_600_000;
/**
 * In milliseconds. If the bedtimes of two consecutive recorded nights are 40 hours or more apart, there was probably
 * another night between them, which was not recorded. In this case, an event can explain the later night only if it
 * happened in the 24 hours (`longestWaking`) before the later bedtime.
 */
const longestBetween = 40 * 3_600_000;

/**
 * Collects the events and time zone changes that may explain the unusual days of a range.
 * @param sleep The sleep of the range and of the days before the range
 */
export function createCircumstances(
  { workouts, tags, oldTags, restModes }: Noted,
  sleep: readonly SleepDay[],
  range: DayRange,
): Circumstances {
  const recorded = [
    ...(tags ?? []).map((tag) => ({ text: sayTag(tag.tag_type_code), ...timesOf(tag, tag.end_day ?? tag.start_day) })),
    ...recordOldTags(oldTags ?? [], tags ?? []),
    ...(workouts ?? []).filter(({ intensity }) => intensity === "hard").map(recordWorkout),
    ...(restModes ?? []).map((period) => ({ text: "rest mode was on", ...timesOf(period, period.end_day) })),
  ];
  const journeys = findTimeZoneChanges(readNightOffsets(sleep), {
    start: addDays(range.start, -daysAfterJourney),
    end: range.end,
  });
  const bedtimes = findBedtimes(sleep);

  /**
   * Whether an event lies between the bedtime of the previous night and the bedtime of this night.
   * @param night The day on which the night ends
   * @param eve The day before `night`
   */
  function isBeforeNight({ day, lastDay, start, end }: Recorded, night: IsoDay, eve: IsoDay): boolean {
    const bedtime = bedtimes.get(night);
    // When the start of the event or the bedtime is unknown, only days are compared: the event must begin before the
    // day of waking up (`night`), and end on the day before it (`eve`) or later.
    if (start === null || bedtime === undefined) return day < night && (lastDay === null || lastDay >= eve);
    const evening = bedtimes.get(eve);
    const from = evening !== undefined && bedtime - evening < longestBetween ? evening : bedtime - longestWaking;
    return start < bedtime && (end ?? Number.POSITIVE_INFINITY) >= from;
  }

  return {
    before(day, measured) {
      const near = { start: addDays(day, -1), end: day };
      return [
        ...new Set([
          ...recorded
            .filter((one) => (measured === "night" ? isBeforeNight(one, day, near.start) : touches(one, near)))
            .map(({ text }) => text),
          ...journeys
            .filter((journey) => dayNumber(day) - journey.day >= 0 && dayNumber(day) - journey.day <= daysAfterJourney)
            .map(sayJourney),
        ]),
      ];
    },
  };
}

/**
 * Returns the tags that Oura serves only in their older form. If Oura serves a tag in both forms, both have the same
 * day and the same start minute. Such a tag is left out here.
 */
function recordOldTags(old: readonly OuraDocument<"tag">[], tags: readonly OuraDocument<"enhanced_tag">[]): Recorded[] {
  const known = new Set(tags.map(({ start_day, start_time }) => `${start_day} ${nameStart(start_time, start_day)}`));
  return old
    .filter(({ day, timestamp }) => !known.has(`${day} ${nameStart(timestamp, day)}`))
    .flatMap(({ day, timestamp, tags: codes }) => {
      const start = instantOf(timestamp);
      const texts = codes.length === 0 ? [sayTag(null)] : codes.map(sayTag);
      return texts.map((text) => ({ text, day, lastDay: day, start, end: start }));
    });
}

function recordWorkout({ day, start_datetime }: OuraDocument<"workout">): Recorded {
  const start = instantOf(start_datetime);
  return { text: "a hard workout", day, lastDay: day, start, end: start };
}

/**
 * `start` and `end` are in epoch ms. If Oura gives no end time, the end is assumed. An event of several days is assumed
 * to end at the end of its last day. An event of one day is assumed to end at the time at which it starts.
 * @param lastDay Null when the event has not ended
 */
function timesOf(
  { start_day, start_time, end_time }: { start_day: IsoDay; start_time: string | null; end_time: string | null },
  lastDay: IsoDay | null,
): Omit<Recorded, "text"> {
  const start = instantOf(start_time);
  const ended = instantOf(end_time);
  const offset = parseOffset(start_time ?? "") ?? 0;
  const endOfDay = lastDay === null ? null : (dayNumber(lastDay) + 1) * dayMilliseconds - offset * 60_000;
  const end = lastDay === start_day && ended === null ? start : (ended ?? endOfDay);
  return { day: start_day, lastDay, start, end };
}

/**
 * Converts the text of a time to epoch ms. Null when the text has no UTC offset, because the instant is then unknown.
 */
function instantOf(text: string | null): number | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) || parseOffset(text ?? "") === null ? null : at;
}

/** Returns the bedtime of each night in epoch ms. The key is the day on which the night ends. */
function findBedtimes(sleep: readonly SleepDay[]): ReadonlyMap<IsoDay, number> {
  return new Map(sleep.flatMap(({ day, night }) => (night === null ? [] : [[day, night.start] as const])));
}

function touches({ day, lastDay }: Recorded, { start, end }: DayRange): boolean {
  return day <= end && (lastDay === null || lastDay >= start);
}

/**
 * Names that the wearer or another app wrote are left out, because an assistant could take them for words of this
 * server.
 */
function sayTag(code: string | null): string {
  const tag = nameTag(code);
  switch (tag.kind) {
    case "known":
      return `the tag ${tag.name}`;
    case "unknown":
      return "another tag";
    case "own":
      return code === null ? "a note" : "a tag of the wearer's own";
  }
}

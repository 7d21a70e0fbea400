import { addDays, type DayRange, dayMilliseconds, dayNumber, type IsoDay, parseOffset } from "../../analytics/day.ts";
import { findTimeZoneChanges } from "../../analytics/time-zone-change.ts";
import { readNightOffsets } from "../../oura/metric-series.ts";
import type { SleepDay } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { byDay, bySpan, daysBefore, part } from "../../question/reads.ts";
import { nameTag } from "../../words/tag-name.ts";
import { readOldTags } from "../events/read-events.ts";
import { nameStart } from "../events/ring-event.ts";
import { sayJourney } from "./say-journey.ts";

/** Recorded events before an unusual day or night that may explain it, in a few words each. */
export interface Circumstances {
  /**
   * What was recorded between the night before and the bedtime of a night (which belongs to the day of waking up), or
   * on a day and the day before it. Of a night nothing later is listed: a tag of the evening after it explains nothing.
   */
  before(day: IsoDay, measured: "night" | "day"): string[];
}

/**
 * Workouts, tags and rest mode. Those that cannot be read are named in `missing`; the rest of the answer is unaffected.
 */
export const circumstanceReads = {
  workouts: part(byDay("workout", { over: daysBefore(1), figures: [{ name: "workouts as context" }] })),
  tags: part(bySpan("enhanced_tag", "tags as context", { over: daysBefore(1) })),
  oldTags: readOldTags(["tag"], daysBefore(1)),
  restModes: part(bySpan("rest_mode_period", "rest mode as context", { over: daysBefore(1) })),
};

interface Noted {
  workouts: readonly OuraDocument<"workout">[] | null;
  tags: readonly OuraDocument<"enhanced_tag">[] | null;
  oldTags: readonly OuraDocument<"tag">[] | null;
  restModes: readonly OuraDocument<"rest_mode_period">[] | null;
}

/** Something recorded: the days it touches, and its times (epoch ms) where Oura gives them. */
interface Recorded {
  text: string;
  day: IsoDay;
  /** Null for something that has not ended. */
  lastDay: IsoDay | null;
  start: number | null;
  end: number | null;
}

/** A journey is named for nights up to this many days after it. */
const daysAfterJourney = 2;

/** Without a night before it, what happened in this time before bedtime is listed. */
const longestWaking = 24 * 3_600_000;
/** A measured night that began longer ago than this is not the night before. */
const longestBetween = 40 * 3_600_000;

/** @param sleep the sleep of the range and the days before it */
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

  /** @param eve the day before the day of waking up */
  function isBeforeNight({ day, lastDay, start, end }: Recorded, night: IsoDay, eve: IsoDay): boolean {
    const bedtime = bedtimes.get(night);
    // Without times the day before the day of waking up is the last that can have come before the night.
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

/** The tags that Oura serves in their older form alone. A tag in both forms has the same day and minute in both. */
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
 * The times of something with a first and a last day. What ends on a day without a time ends with that day.
 * @param lastDay null for something that has not ended
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

/** Null for a time without an offset: its instant is not known. */
function instantOf(text: string | null): number | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) || parseOffset(text ?? "") === null ? null : at;
}

/** The bedtime (epoch ms) of each night, by its day. */
function findBedtimes(sleep: readonly SleepDay[]): ReadonlyMap<IsoDay, number> {
  return new Map(sleep.flatMap(({ day, night }) => (night === null ? [] : [[day, night.start] as const])));
}

function touches({ day, lastDay }: Recorded, { start, end }: DayRange): boolean {
  return day <= end && (lastDay === null || lastDay >= start);
}

/** A tag in a sentence. A name from outside is not included: an assistant could mistake it for ours. */
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

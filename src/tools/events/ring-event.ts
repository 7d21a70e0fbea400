import { type IsoDay, parseOffset } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { tagName } from "../../words/tag-name.ts";
import { quoteWearer } from "../../words/wearer-text.ts";

export const eventKinds = ["workout", "session", "tag", "rest_mode"] as const;
export type EventKind = (typeof eventKinds)[number];

/** Something that happened on a wearer's day, whichever of Oura's routes told it. */
export interface RingEvent {
  kind: EventKind;
  /** The wearer's own days, first and last; the last is null while it goes on. */
  day: IsoDay;
  lastDay: IsoDay | null;
  /** Epoch ms; null where Oura gives no time. A moment without duration has no end. */
  start: number | null;
  end: number | null;
  /** Local start with offset, "2026-11-20T17:32-05:00"; the day alone where Oura gives no time. */
  startedAt: string;
  /** Oura's word for it: running, meditation, alcohol. */
  what: string;
  intensity: string | null;
  mood: string | null;
  kcal: number | null;
  distanceM: number | null;
  /** What the wearer calls a tag of their own. Like `wearerText` typed by them: their data, never ours. */
  ownName: string | null;
  /** Everything the wearer typed about it. */
  wearerText: string | null;
}

const blank = { intensity: null, mood: null, kcal: null, distanceM: null, ownName: null, wearerText: null };

export function fromWorkout(document: OuraDocument<"workout_details">): RingEvent {
  const { day, activity, intensity, calories, distance, label } = document;
  const word = plainWord(activity);
  return {
    ...blank,
    ...timesOf(document.start_datetime, document.end_datetime, day),
    kind: "workout",
    day,
    lastDay: day,
    what: word ?? "workout",
    intensity: plainWord(intensity),
    kcal: calories,
    distanceM: distance,
    // An activity that is no word of Oura's came from elsewhere and may be anybody's text.
    wearerText: quoteWearer(word === null ? activity : null, label),
  };
}

export function fromSession(document: OuraDocument<"session">): RingEvent {
  const { day, type, mood } = document;
  return {
    ...blank,
    ...timesOf(document.start_datetime, document.end_datetime, day),
    kind: "session",
    day,
    lastDay: day,
    what: plainWord(type) ?? "session",
    mood: plainWord(mood),
  };
}

/** A tag whose name is the wearer's own is called this; the name itself is in `wearerText`. */
export const ownTag = "own tag";

export function fromTag(document: OuraDocument<"enhanced_tag_details">): RingEvent {
  const { start_day: day, end_day, tag_type_code, custom_name, comment } = document;
  return {
    ...blank,
    ...timesOf(document.start_time, document.end_time, day),
    kind: "tag",
    day,
    lastDay: end_day ?? day,
    what: tagName(tag_type_code) ?? ownTag,
    ownName: quoteWearer(custom_name),
    wearerText: quoteWearer(custom_name, comment),
  };
}

/** One note of the old form may hold several tags. */
export function fromOldTag({ day, timestamp, text, tags }: OuraDocument<"tag">): RingEvent[] {
  return (tags.length > 0 ? tags : [null]).map((code) => ({
    ...blank,
    ...timesOf(timestamp, null, day),
    kind: "tag",
    day,
    lastDay: day,
    what: tagName(code) ?? ownTag,
    wearerText: quoteWearer(text),
  }));
}

export function fromRestMode(document: OuraDocument<"rest_mode_period">): RingEvent {
  const { start_day: day, end_day: lastDay } = document;
  return {
    ...blank,
    ...timesOf(document.start_time, document.end_time, day),
    kind: "rest_mode",
    day,
    lastDay,
    what: "rest mode",
  };
}

function timesOf(start: string | null, end: string | null, day: IsoDay) {
  const [from, to] = [Date.parse(start ?? ""), Date.parse(end ?? "")];
  const offset = parseOffset(start ?? "") === null ? "" : /(Z|[+-]\d{2}:?\d{2})$/.exec(start ?? "")?.[1];
  const isKnown = start !== null && !Number.isNaN(from) && offset !== undefined && offset !== "";
  return {
    start: isKnown ? from : null,
    end: isKnown && to > from ? to : null,
    startedAt: isKnown ? `${start.slice(0, 16)}${offset}` : day,
  };
}

/** "houseWork" and "strength_training" in plain words; null for what is no word of Oura's. */
function plainWord(text: string | null): string | null {
  if (text === null || !/^[A-Za-z][A-Za-z0-9_ -]{0,39}$/.test(text)) return null;
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
}

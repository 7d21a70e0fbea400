import { type IsoDay, parseOffset } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { tagName } from "../../words/tag-name.ts";
import { quoteWearer } from "../../words/wearer-text.ts";

export const eventKinds = ["workout", "session", "tag", "rest_mode"] as const;
export type EventKind = (typeof eventKinds)[number];

/** A workout, session, tag or rest mode. All of Oura's routes for them are read into this one form. */
export interface RingEvent {
  kind: EventKind;
  /** The first and last day in the wearer's zone; the last is null for an ongoing event. */
  day: IsoDay;
  lastDay: IsoDay | null;
  /** Epoch ms; null where Oura gives no time. An event without duration has no end. */
  start: number | null;
  end: number | null;
  /** Local start with offset, "2026-11-20T17:32-05:00"; the day alone where Oura gives no time. */
  startedAt: string;
  /** Oura's name for it: running, meditation, alcohol. */
  what: string;
  intensity: string | null;
  mood: string | null;
  kcal: number | null;
  distanceM: number | null;
  /** The wearer's name for a custom tag. Typed by the wearer, like `wearerText`. */
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
    // An activity that does not look like one of Oura's names comes from another app and is untrusted text.
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

/** The `what` of a custom tag; its name is in `wearerText`. */
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

/** The events of an old-form note, which may hold several tags. */
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

/** An Oura name in plain words: "houseWork" → "house work". Null for text that does not look like an Oura name. */
function plainWord(text: string | null): string | null {
  if (text === null || !/^[A-Za-z][A-Za-z0-9_ -]{0,39}$/.test(text)) return null;
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
}

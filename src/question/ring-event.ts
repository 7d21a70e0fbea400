import { type IsoDay, parseOffset } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { nameActivity } from "../words/activity-name.ts";
import { splitCode } from "../words/code-words.ts";
import { nameTag } from "../words/tag-name.ts";
import { quoteWearer } from "../words/wearer-text.ts";

export const eventKinds = ["workout", "session", "tag", "rest_mode"] as const;
export type EventKind = (typeof eventKinds)[number];

/** A workout, session, tag or period of rest mode, from any of Oura's routes for events. */
export interface RingEvent {
  kind: EventKind;
  /** The first day of the event in the wearer's time zone. `lastDay` is null for an event that has not ended. */
  day: IsoDay;
  lastDay: IsoDay | null;
  /**
   * When the event starts, in epoch ms. Null when Oura gives no time. `end` is also null for an event without duration.
   */
  start: number | null;
  end: number | null;
  /**
   * Local time with its UTC offset, such as "2026-11-20T17:32-05:00". If Oura gives no time, this is the day, such as
   * "2026-11-20".
   */
  startedAt: string;
  /**
   * The event's name, such as running, meditation or alcohol, if Ringbridge knows this name. If Ringbridge does not
   * know the name, `what` is the kind of the event, such as "workout", and the name is in `givenName`.
   */
  what: string;
  /** Oura's code for the event, as Oura sent it. Used only to find events by the name in a question. */
  code: string | null;
  intensity: string | null;
  mood: string | null;
  kcal: number | null;
  distanceM: number | null;
  /**
   * The name of a custom tag, or the words of a code from Oura that Ringbridge does not know. This is text from
   * outside, so answers quote it.
   */
  givenName: string | null;
  /**
   * Text from outside about the event, in quotation marks: names and words that Ringbridge does not know, and text that
   * the wearer typed.
   */
  wearerText: string | null;
}

const blank = {
  code: null,
  intensity: null,
  mood: null,
  kcal: null,
  distanceM: null,
  givenName: null,
  wearerText: null,
};

/**
 * Oura's words for the intensity of a workout, the type of a session, and the mood after a session (`moods`). Any other
 * word from Oura is quoted as text from outside.
 */
const intensities = ["easy", "moderate", "hard"];
const sessionTypes = ["breathing", "meditation", "nap", "relaxation", "rest", "body_status"];
const moods = ["bad", "worse", "same", "good", "great"];

export function fromWorkout(document: OuraDocument<"workout_details">): RingEvent {
  const { day, activity, intensity, calories, distance, label } = document;
  const { name } = nameActivity(activity);
  const givenName = name === null ? quoteCode(activity) : null;
  const [ease, unknownEase] = sortKnown(intensities, intensity);
  return {
    ...blank,
    ...timesOf(document.start_datetime, document.end_datetime, day),
    kind: "workout",
    day,
    lastDay: day,
    what: name ?? "workout",
    code: activity,
    intensity: ease,
    kcal: calories,
    distanceM: distance,
    givenName,
    wearerText: quoteWearer(givenName, unknownEase, label),
  };
}

export function fromSession(document: OuraDocument<"session">): RingEvent {
  const { day, type, mood } = document;
  const [what, givenName] = sortKnown(sessionTypes, type);
  const [feeling, unknownFeeling] = sortKnown(moods, mood);
  return {
    ...blank,
    ...timesOf(document.start_datetime, document.end_datetime, day),
    kind: "session",
    day,
    lastDay: day,
    what: what ?? "session",
    code: type,
    mood: feeling,
    givenName,
    wearerText: quoteWearer(givenName, unknownFeeling),
  };
}

/**
 * The text in the field `what` of every tag that the wearer made. `unknownTag` is this text for every tag whose code
 * Ringbridge does not know. For both, the event's `givenName` holds the name that the wearer sees.
 */
export const ownTag = "own tag";
const unknownTag = "other tag";

export function fromTag(document: OuraDocument<"enhanced_tag_details">): RingEvent {
  const { start_day: day, end_day, tag_type_code, custom_name, comment } = document;
  const named = nameTagEvent(tag_type_code, custom_name);
  return {
    ...blank,
    ...timesOf(document.start_time, document.end_time, day),
    ...named,
    kind: "tag",
    day,
    lastDay: end_day ?? day,
    wearerText: quoteWearer(named.givenName, named.givenName === null ? custom_name : null, comment),
  };
}

/** Makes events from a record in Oura's older form of tags. Such a record is a note that may hold several tags. */
export function fromOldTag({ day, timestamp, text, tags }: OuraDocument<"tag">): RingEvent[] {
  return (tags.length > 0 ? tags : [null]).map((code) => {
    const named = nameTagEvent(code, null);
    return {
      ...blank,
      ...timesOf(timestamp, null, day),
      ...named,
      kind: "tag",
      day,
      lastDay: day,
      wearerText: quoteWearer(named.givenName, text),
    };
  });
}

function nameTagEvent(code: string | null, customName: string | null) {
  const tag = nameTag(code);
  switch (tag.kind) {
    case "known":
      return { code, what: tag.name, givenName: null };
    case "unknown":
      return { code, what: unknownTag, givenName: quoteWearer(tag.words) };
    case "own":
      return { code: null, what: ownTag, givenName: quoteWearer(customName) };
  }
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
  if (!isInstant(start)) return { start: null, end: null, startedAt: day };
  const [from, to] = [Date.parse(start), Date.parse(end ?? "")];
  return { start: from, end: to > from ? to : null, startedAt: cutToMinute(start) };
}

/**
 * The start to the minute with its UTC offset, such as "2026-11-20T17:32-05:00". If the instant of the start is not
 * known, the result is the day, such as "2026-11-20".
 */
export function nameStart(start: string | null, day: IsoDay): string {
  return isInstant(start) ? cutToMinute(start) : day;
}

function cutToMinute(start: string): string {
  return `${start.slice(0, 16)}${/(?:Z|[+-]\d{2}:?\d{2})$/.exec(start.slice(-6))?.[0] ?? ""}`;
}

/** Whether a time names an exact instant. A time without a UTC offset does not name one. */
function isInstant(time: string | null): time is string {
  return time !== null && parseOffset(time) !== null && !Number.isNaN(Date.parse(time));
}

/**
 * Returns a pair. If the value is one of `known`, the first item is the value in plain words and the second item is
 * null. Otherwise the first item is null and the second item is the quoted value.
 */
function sortKnown(known: readonly string[], value: string | null): [string | null, string | null] {
  if (value === null) return [null, null];
  const isKnown = known.includes(value.toLowerCase());
  return isKnown ? [splitCode(value.toLowerCase()).join(" "), null] : [null, quoteCode(value)];
}

/** Quotes a value. If the value looks like a code, such as "hot_yoga", it is first split into words. */
function quoteCode(value: string | null): string | null {
  const isCode = value !== null && /^[A-Za-z][A-Za-z0-9_ -]{0,39}$/.test(value);
  return quoteWearer(isCode ? splitCode(value).join(" ") : value);
}

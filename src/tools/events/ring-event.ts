import { type IsoDay, parseOffset } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { nameActivity } from "../../words/activity-name.ts";
import { splitCode } from "../../words/code-words.ts";
import { nameTag } from "../../words/tag-name.ts";
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
  /** Its name in words Ringbridge knows: running, meditation, alcohol; else its kind, and `givenName` has the name. */
  what: string;
  /** Oura's code for it, as it was sent; only to find the event by. */
  code: string | null;
  intensity: string | null;
  mood: string | null;
  kcal: number | null;
  distanceM: number | null;
  /** The name of a custom tag, or of a code that is not known. It comes from outside, like `wearerText`. */
  givenName: string | null;
  /** Everything from outside about it: its given name, and what the wearer typed. */
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

/** Oura's words for the intensity of a workout, the type of a session, and the mood after it. */
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

/** The `what` of a tag the wearer made, and of a tag whose code is not known. Their names are in `givenName`. */
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

/** The events of an old-form note, which may hold several tags. */
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

/** The minute of a start with its offset, "2026-11-20T17:32-05:00"; the day where its instant is not known. */
export function nameStart(start: string | null, day: IsoDay): string {
  return isInstant(start) ? cutToMinute(start) : day;
}

function cutToMinute(start: string): string {
  return `${start.slice(0, 16)}${/(?:Z|[+-]\d{2}:?\d{2})$/.exec(start.slice(-6))?.[0] ?? ""}`;
}

/** Whether a time has an offset, without which its instant is not known. */
function isInstant(time: string | null): time is string {
  return time !== null && parseOffset(time) !== null && !Number.isNaN(Date.parse(time));
}

/** A value in plain words where it is one of `known`, else null; and the value quoted where it is not. */
function sortKnown(known: readonly string[], value: string | null): [string | null, string | null] {
  if (value === null) return [null, null];
  const isKnown = known.includes(value.toLowerCase());
  return isKnown ? [splitCode(value.toLowerCase()).join(" "), null] : [null, quoteCode(value)];
}

/** A value that is not known, quoted: in separate words where it looks like a code, else as it is. */
function quoteCode(value: string | null): string | null {
  const isCode = value !== null && /^[A-Za-z][A-Za-z0-9_ -]{0,39}$/.test(value);
  return quoteWearer(isCode ? splitCode(value).join(" ") : value);
}

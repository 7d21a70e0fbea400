import { type Calendar, createCalendar, type DayNumber, type Instant } from "./calendar.ts";
import { findPerson } from "./people.ts";
import type { Person } from "./person.ts";
import { hash } from "./random.ts";
import { createTimeline, type Timeline, zoneOn } from "./timeline.ts";

/** Everything a ring records about one person: a pure function of seed, person and anchor day. */
export interface Life {
  person: Person;
  timeline: Timeline;
  calendar: Calendar;
  /** Key of all random streams of this person. */
  seed: string;
  /** Oura's user id: opaque, the same for every app. */
  userId: string;
  zoneOn(day: DayNumber): string;
  /** Days of the history, and the days around it that its documents depend on. */
  days: number;
}

/** All people's lives relative to the day on which this simulator was first used. A life is created at first use. */
export interface Lives {
  get(person: string): Life | null;
}

export function createLives(seed: number, anchor: Instant): Lives {
  const lives = new Map<string, Life>();
  return {
    get(id) {
      const person = findPerson(id);
      if (person === null) return null;
      const life = lives.get(id) ?? createLife(person, seed, anchor);
      lives.set(id, life);
      return life;
    },
  };
}

/** Days before the history that its first days depend on, and days around its end. */
const MARGIN_DAYS = 60;

function createLife(person: Person, seed: number, anchor: Instant): Life {
  const days = person.historyDays + MARGIN_DAYS;
  const calendar = createCalendar(days);
  const timeline = createTimeline(person, calendar.dayAt(person.zone, anchor), calendar);
  return {
    person,
    timeline,
    calendar,
    seed: `${seed}|${person.id}`,
    userId: documentId(`${seed}|${person.id}`, "user", 0, 0),
    zoneOn: (day) => zoneOn(person, timeline, day),
    days,
  };
}

/**
 * An opaque id in the form of a UUID. Its second group encodes the day, so that a document can be found by its id
 * without generating a year of documents.
 */
export function documentId(seed: string, route: string, day: DayNumber, index: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0").slice(-digits);
  const body = hash(`${seed}|${route}|${day}|${index}`);
  const tail = hex(hash(`${body}|tail`), 8) + hex(hash(`${body}|end`), 4);
  return `${hex(body, 8)}-${hex((day ^ mask(seed)) & 0xffff, 4)}-4${hex(hash(`${body}|a`), 3)}-a${hex(hash(`${body}|b`), 3)}-${tail}`;
}

/** The day a document id was made for, or `null` if it is not such an id. */
export function dayOfDocumentId(seed: string, id: string): DayNumber | null {
  const group = /^[0-9a-f]{8}-([0-9a-f]{4})-/.exec(id)?.[1];
  return group === undefined ? null : (Number.parseInt(group, 16) ^ mask(seed)) & 0xffff;
}

function mask(seed: string): number {
  return hash(`${seed}|mask`) & 0xffff;
}

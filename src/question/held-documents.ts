import { type DayRange, type IsoDay, isWithin } from "../analytics/day.ts";
import { type OuraRouteName, pathOf, wornAt } from "../oura/routes.ts";
import type { DayRecord, Read } from "./reads.ts";

/** All documents with a day that a question has read so far. */
export interface HeldDocuments {
  add<Value>(read: Read<Value>, value: Value): void;
  /** The documents of a day; undefined where the route was not read. */
  of(route: OuraRouteName, day: IsoDay): readonly object[] | undefined;
  /** All documents of a route, empty where it was not read. */
  all(route: OuraRouteName): readonly object[];
  /** The number of documents of a route; null where it was not read. */
  countOf(route: OuraRouteName): number | null;
  /** The newest day of any document; null when there are none. */
  newestDay(): IsoDay | null;
  /** Whether a document is of a day of the ranges. */
  holdsAnyOf(ranges: readonly DayRange[]): boolean;
  /** The oldest day of a document that the ring made; null when there are none. */
  oldestRingDay(): IsoDay | null;
  /** Timestamps that carry the wearer's UTC offset. */
  stamps(): { timestamp: string | null }[];
}

export function createHeldDocuments(): HeldDocuments {
  const records = new Map<OuraRouteName, DayRecord[]>();
  const indexed = new Map<OuraRouteName, ReadonlyMap<IsoDay, readonly object[]>>();

  /** The route itself, or its variant with or without series, whichever was read. */
  function nameHeld(route: OuraRouteName): OuraRouteName | undefined {
    if (records.has(route)) return route;
    return [...records.keys()].find((name) => pathOf(name) === pathOf(route));
  }

  return {
    add(read, value) {
      if (!read.route || !read.records) return;
      records.set(read.route, [...(records.get(read.route) ?? []), ...read.records(value)]);
      indexed.delete(read.route);
    },
    of(route, day) {
      const name = nameHeld(route);
      if (name === undefined) return undefined;
      const index = indexed.get(name) ?? documentsByDay(records.get(name) ?? []);
      indexed.set(name, index);
      return index.get(day) ?? none;
    },
    all(route) {
      const name = nameHeld(route);
      return (name === undefined ? [] : (records.get(name) ?? [])).map(({ document }) => document);
    },
    countOf(route) {
      const name = nameHeld(route);
      return name === undefined ? null : (records.get(name)?.length ?? null);
    },
    newestDay() {
      let newest: IsoDay | null = null;
      for (const list of records.values())
        for (const { day } of list) if (newest === null || day > newest) newest = day;
      return newest;
    },
    holdsAnyOf: (ranges) =>
      [...records.values()].some((list) => list.some(({ day }) => ranges.some((range) => isWithin(day, range)))),
    oldestRingDay() {
      const days = [...records].flatMap(([route, list]) => (wornAt(route) === null ? [] : list.map(({ day }) => day)));
      return days.reduce<IsoDay | null>((oldest, day) => (oldest === null || day < oldest ? day : oldest), null);
    },
    stamps: () => [...records.values()].flat().map(({ stamp }) => ({ timestamp: stamp })),
  };
}

const none: readonly object[] = [];

function documentsByDay(records: readonly DayRecord[]): ReadonlyMap<IsoDay, readonly object[]> {
  const byDay = new Map<IsoDay, object[]>();
  for (const { day, document } of records) {
    const ofDay = byDay.get(day);
    if (ofDay) ofDay.push(document);
    else byDay.set(day, [document]);
  }
  return byDay;
}

import { type DayRange, type IsoDay, isWithin } from "../analytics/day.ts";
import { type OuraRouteName, pathOf, wornAt } from "../oura/routes.ts";
import type { DayRecord, Read } from "./reads.ts";

/** All documents that belong to a day and have been read for one question so far. */
export interface HeldDocuments {
  add<Value>(read: Read<Value>, value: Value): void;
  /** The documents of a route of Oura's API that belong to a day. Undefined when the route was not read. */
  of(route: OuraRouteName, day: IsoDay): readonly object[] | undefined;
  /** All documents of a route of Oura's API. Empty when the route was not read. */
  all(route: OuraRouteName): readonly object[];
  /** How many documents of a route of Oura's API have been read. Null when the route was not read. */
  countOf(route: OuraRouteName): number | null;
  newestDay(): IsoDay | null;
  holdsAnyOf(ranges: readonly DayRange[]): boolean;
  /**
   * The oldest day that has a document with measurements of the ring; null when there is none. Documents that the
   * wearer enters, such as tags, do not count.
   */
  oldestRingDay(): IsoDay | null;
  /** For each document, a timestamp that contains the wearer's UTC offset, or null. */
  stamps(): { timestamp: string | null }[];
}

export function createHeldDocuments(): HeldDocuments {
  const records = new Map<OuraRouteName, DayRecord[]>();
  const indexed = new Map<OuraRouteName, ReadonlyMap<IsoDay, readonly object[]>>();

  /**
   * The name under which the route's documents are stored in this object; undefined if they were not read. One route of
   * Oura can have two names: one with and one without the series of measurements. Documents that were read under either
   * name are found under both.
   */
  function nameHeld(route: OuraRouteName): OuraRouteName | undefined {
    if (records.has(route)) return route;
    return [...records.keys()].find((name) => pathOf(name) === pathOf(route));
  }

  return {
    add(read, value) {
      if (!read.records) return;
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
  const byDay = Map.groupBy(records, ({ day }) => day);
  return new Map(Array.from(byDay, ([day, ofDay]) => [day, ofDay.map(({ document }) => document)]));
}

import { type DayRange, type IsoDay, isWithin } from "../analytics/day.ts";
import { type OuraRouteName, pathOf, wornAt } from "../oura/routes.ts";
import type { DayRecord, Read } from "./reads.ts";

/** All documents that have been read for one question so far and that belong to a day. */
export interface HeldDocuments {
  add<Value>(read: Read<Value>, value: Value): void;
  /** The route's documents of one day; undefined when the route was not read. */
  of(route: OuraRouteName, day: IsoDay): readonly object[] | undefined;
  /** All documents that were read from the route; empty when the route was not read. */
  all(route: OuraRouteName): readonly object[];
  /** The number of documents that were read from the route; null when the route was not read. */
  countOf(route: OuraRouteName): number | null;
  /** The newest day that has a document; null when there are no documents. */
  newestDay(): IsoDay | null;
  /** Whether any document belongs to a day of the given ranges. */
  holdsAnyOf(ranges: readonly DayRange[]): boolean;
  /**
   * The oldest day that has a document with measurements of the ring. Documents that the wearer enters, such as tags,
   * do not count. Null when there is no such document.
   */
  oldestRingDay(): IsoDay | null;
  /**
   * For each document, a timestamp that contains the wearer's UTC offset. The timestamp is null if the document has no
   * timestamp with this offset.
   */
  stamps(): { timestamp: string | null }[];
}

export function createHeldDocuments(): HeldDocuments {
  const records = new Map<OuraRouteName, DayRecord[]>();
  const indexed = new Map<OuraRouteName, ReadonlyMap<IsoDay, readonly object[]>>();

  /**
   * Returns the name under which the route's documents are stored in this object, or undefined if they were not read.
   * One route of Oura can have two names here: under one name its documents are read with their series of measurements,
   * under the other name without them. Documents that were read under either name are found under both names.
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

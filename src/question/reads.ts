import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import type { OuraReader } from "../oura/reader.ts";
import {
  type DayRouteName,
  type OuraDocument,
  type OuraRouteName,
  ouraRoutes,
  pathOf,
  type SpanRouteName,
  scopesOfRoute,
  wornAt,
} from "../oura/routes.ts";
import type { ScopeName } from "../oura/scopes.ts";

/** The days a read can count from. The wearer's zone may not be known yet; what is read reaches two days further. */
export interface ReadDays {
  /** The ranges asked for, in the tool's order; none where the question is not about days: then the others are today. */
  ranges: readonly DayRange[];
  /** From the first to the last day of all ranges. */
  asked: DayRange;
  /** `asked`, up to today where that tells what was not synced. */
  upToToday: DayRange;
  /** The wearer's UTC offset in minutes as last seen, 0 where it never was. */
  offsetMinutes: number;
}

/** Something to read of Oura: one route over days computed from the question, or anything else `load` reads. */
export interface Read<Value = unknown> {
  /** What an assistant must be allowed. */
  scopes: readonly ScopeName[];
  /** What Oura demands, where it differs. */
  ouraScopes?: readonly ScopeName[];
  /** What the answer shows of it, by the names `missing` uses. */
  figures: readonly Figure[];
  /** The days that are read, where it is days. */
  over?(days: ReadDays): DayRange;
  load(reader: OuraReader, days: ReadDays): Promise<Value>;
  /** The route, where the value is documents of days, and those documents: they tell of wearing, syncing and the zone. */
  route?: DayRouteName | SpanRouteName;
  records?(value: Value): DayRecord[];
}

/** A document with the day it begins on. */
export interface DayRecord {
  day: IsoDay;
  document: object;
  /** A timestamp in it that carries the wearer's own offset; null where it has none. */
  stamp: string | null;
}

/** One figure of an answer. */
export interface Figure {
  /** What `missing` calls it. */
  name: string;
  /** Figures of one group that are missing for one reason share one entry under the group's name. */
  group?: string;
  /** The route it comes from: what the ring measures and what shows that it was worn hang on it. */
  route: OuraRouteName;
  /**
   * Its value of one day, from that day's documents in Oura's order; null is a gap. Without it no day is looked at.
   */
  on?(documents: readonly unknown[]): unknown;
  /** Counted until the day ends: that today's record has no value yet is no gap, or today is not shown at all. */
  today?: "counting" | "left_out";
}

/** A figure as a read of days declares it. */
export interface DayFigure<Name extends DayRouteName> {
  name: string;
  group?: string;
  on?: ((documents: readonly OuraDocument<Name>[]) => unknown) | undefined;
  today?: "counting" | "left_out";
}

interface DayOptions<Name extends DayRouteName> {
  /** Which days; up to today unless said otherwise. */
  over?: (days: ReadDays) => DayRange;
  /** What an assistant must be allowed; the route's own scope unless said otherwise. */
  scopes?: readonly ScopeName[];
  /** One figure named after the route unless said otherwise. */
  figures?: readonly DayFigure<NoInfer<Name>>[];
  /** A timestamp with the wearer's offset. Oura stamps most daily documents in UTC, which says nothing. */
  stamp?: (document: OuraDocument<Name>) => string | null;
}

/** A read of documents by day. */
export type DayRead<Name extends DayRouteName> = Read<OuraDocument<Name>[]> & { route: Name };

/** Documents of one route, by day. */
export function byDay<Name extends DayRouteName>(route: Name, options: DayOptions<Name> = {}): DayRead<Name> {
  const { over = ({ upToToday }) => upToToday, scopes = scopesOfRoute(route) } = options;
  const { figures = [{ name: route, on: (documents) => documents.length > 0 || null }], stamp } = options;
  return {
    route,
    scopes,
    ouraScopes: [ouraRoutes[route].scope],
    figures: figures.map((figure) => ({ ...figure, route })),
    over,
    load: (reader, days) => reader.readDays(route, over(days)),
    records: (documents) =>
      documents.map((document) => ({ day: document.day, document, stamp: (stamp ?? ownStamp)(document) })),
  };

  function ownStamp(document: OuraDocument<Name>): string | null {
    switch (pathOf(route)) {
      case "sleep":
        return "bedtime_end" in document ? document.bedtime_end : null;
      case "daily_activity":
        return "timestamp" in document ? document.timestamp : null;
      default:
        return null;
    }
  }
}

/** Documents of one route that span days: a holiday that began weeks ago may still go on in the range. */
export function bySpan<Name extends SpanRouteName>(
  route: Name,
  what: string,
  options: { over?: (days: ReadDays) => DayRange; stamp?: (document: OuraDocument<Name>) => string | null } = {},
): Read<OuraDocument<Name>[]> {
  const { over = ({ upToToday }) => upToToday, stamp = () => null } = options;
  return {
    route,
    scopes: [ouraRoutes[route].scope],
    figures: [{ name: what, route }],
    load: (reader, days) => reader.readSpans(route, spanReach(over(days))),
    records: (documents) =>
      documents.map((document) => ({ day: document.start_day, document, stamp: stamp(document) })),
  };
}

/** Rest mode and holidays last: one that began this long before the range may still reach into it. */
const spanReachDays = 35;

function spanReach({ start, end }: DayRange): DayRange {
  return { start: addDays(start, -spanReachDays), end };
}

/** Anything that is not documents of days; `what` is its name under `missing`. */
export function other<Value>(
  route: OuraRouteName,
  what: string,
  load: (reader: OuraReader, days: ReadDays) => Promise<Value>,
): Read<Value> {
  return { scopes: [ouraRoutes[route].scope], figures: [{ name: what, route }], load };
}

/** So many days before what is asked for as well. */
export function daysBefore(count: number): (days: ReadDays) => DayRange {
  return ({ upToToday: { start, end } }) => ({ start: addDays(start, -count), end });
}

/** What an answer is made of, and what becomes of the answer where it cannot be read. */
export interface Declared<Data> {
  role: "essential" | "part" | "support";
  reads: readonly Read[];
  /** How it is told where support fails; null where nothing is. */
  loss: Loss | null;
  /** Names of its figures as answers list them; as the reads have them unless said otherwise. */
  order?: readonly string[];
  /** @param find what was read, or undefined where it may not or could not be read */
  collect(find: Find): Data;
}

export type Find = <Value>(read: Read<Value>) => { value: Value } | undefined;

interface Loss {
  /** "days' own records"; the names of its figures "as context" unless said otherwise. */
  what?: string;
  /** A note of the answer unless said otherwise. */
  under?: "notes" | "missing";
  /** What is different in an answer without it. */
  without?(days: { utcOffset: string }): string;
}

/** Declared reads by the names a tool uses for their data. */
export type Declarations = Readonly<Record<string, Declared<unknown>>>;
export type DataOf<Reads extends Declarations> = {
  readonly [Name in keyof Reads]: Reads[Name] extends Declared<infer Data> ? Data : never;
};

/** The figures of a declaration, in the order of the answer. */
export function figuresOf({ reads, order }: Declared<unknown>): Figure[] {
  const figures = reads.flatMap((read) => read.figures);
  return order ? figures.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name)) : figures;
}

/** The figures an answer shows that the ring measures: support and what the wearer enters are none. */
export function measuredFigures(declared: readonly Declared<unknown>[]): Figure[] {
  return declared
    .filter(({ role }) => role !== "support")
    .flatMap(figuresOf)
    .filter(({ route }) => wornAt(route) !== null);
}

/** Without it there is no answer: the call ends with the reason. */
export function essential<Value>(read: Read<Value>): Declared<Value> {
  return {
    role: "essential",
    reads: [read],
    loss: null,
    collect(find) {
      const found = find(read);
      if (found) return found.value;
      throw new Error("an essential read was collected without its value"); // the call has failed before
    },
  };
}

/** Part of the answer: without it `missing` says why, and the rest stands. */
export function part<Value>(read: Read<Value>): Declared<Value | null> {
  return { role: "part", reads: [read], loss: null, collect: (find) => find(read)?.value ?? null };
}

/**
 * Not shown itself, but it makes the answer better. Where it may not be read nothing is said; where it fails a note says
 * so, and no day is put down to the wearer.
 */
export function support<Value>(read: Read<Value>, loss: Loss = {}): Declared<Value | null> {
  return { role: "support", reads: [read], loss, collect: (find) => find(read)?.value ?? null };
}

/** Nothing to read, where the question does not ask for it. */
export const nothing: Declared<null> = { role: "support", reads: [], loss: null, collect: () => null };

/** Documents by route; a route that may not or could not be read is absent. */
export type DocumentsByRoute<Name extends DayRouteName = DayRouteName> = {
  readonly [Route in Name]?: readonly OuraDocument<Route>[];
};

/**
 * Several routes of which the answer shows what it can: each that is lost is named under `missing`.
 * @param role `essential`: with none of them readable there is no answer
 */
export function byRoutes<Name extends DayRouteName>(
  role: Declared<unknown>["role"],
  reads: readonly DayRead<Name>[],
  { order, ...loss }: Loss & { order?: readonly string[] } = {},
): Declared<DocumentsByRoute<Name>> {
  return {
    role,
    reads,
    loss: role === "support" ? loss : null,
    ...(order ? { order } : {}),
    collect(find) {
      const documents: DocumentsByRoute<Name> = {};
      for (const read of reads) {
        const found = find(read);
        if (found) Object.assign(documents, { [read.route]: found.value });
      }
      return documents;
    },
  };
}

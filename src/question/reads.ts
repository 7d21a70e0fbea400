import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import { type DayDocument, readDayDocuments } from "../oura/day-documents.ts";
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

/** The days a read is based on. The wearer's zone may not be known yet, so the reader adds two days on each side. */
export interface ReadDays {
  /** The requested ranges, in the tool's order. Empty when the question is not about days; then `asked` is today. */
  ranges: readonly DayRange[];
  /** From the first to the last day of all ranges. */
  asked: DayRange;
  /** `asked`, extended to today when that shows which days have not synced. */
  upToToday: DayRange;
  /** When the question is asked, in epoch ms. */
  now: number;
  /** The wearer's last known UTC offset in minutes; 0 when unknown. */
  offsetMinutes: number;
}

/** One read of Oura: a route over days computed from the question, or anything else `load` reads. */
export interface Read<Value = unknown> {
  /** The scopes the assistant needs. */
  scopes: readonly ScopeName[];
  /** The scopes Oura requires, where they differ. */
  ouraScopes?: readonly ScopeName[];
  /** The figures the answer shows, with the names that `missing` uses. */
  figures: readonly Figure[];
  /** The days that are read, for a read by day. */
  over?(days: ReadDays): DayRange;
  load(reader: OuraReader, days: ReadDays): Promise<Value>;
  /** For documents by day: the route, and the documents, which show wearing, syncing and the zone. */
  route?: DayRouteName | SpanRouteName;
  records?(value: Value): DayRecord[];
}

/** A document with the day it begins on. */
export interface DayRecord {
  day: IsoDay;
  document: object;
  /** A timestamp of the document that carries the wearer's UTC offset; null where it has none. */
  stamp: string | null;
}

/** One figure of an answer. */
export interface Figure {
  /** Its name in `missing`. */
  name: string;
  /** Figures of one group that are missing for the same reason share one entry under the group's name. */
  group?: string;
  /** The route it comes from, which decides whether the ring measures it and which records show that it was worn. */
  route: OuraRouteName;
  /**
   * Its value of one day, from that day's documents in Oura's order; null is a gap. Without `on`, days are not checked.
   */
  on?(documents: readonly unknown[]): unknown;
  /**
   * For values that are complete only when the day ends. `counting`: no value today is no gap; `left_out`: today is not
   * shown.
   */
  today?: "counting" | "left_out";
  /** For a score of Oura's, which rest mode suppresses. */
  isScore?: boolean;
}

/** A figure in the options of {@link byDay}. */
export interface DayFigure<Name extends DayRouteName> {
  name: string;
  group?: string;
  on?: ((documents: readonly DayDocument<Name>[]) => unknown) | undefined;
  today?: "counting" | "left_out";
  isScore?: boolean;
}

interface DayOptions<Name extends DayRouteName> {
  /** Which days to read. Default: `upToToday`. */
  over?: (days: ReadDays) => DayRange;
  /** The scopes the assistant needs. Default: those of the route. */
  scopes?: readonly ScopeName[];
  /** Default: one figure with the route's name. */
  figures?: readonly DayFigure<NoInfer<Name>>[];
  /** A timestamp with the wearer's UTC offset. Most daily documents have UTC timestamps, which do not show it. */
  stamp?: (document: DayDocument<Name>) => string | null;
}

/** A read of documents by day. */
export type DayRead<Name extends DayRouteName> = Read<DayDocument<Name>[]> & { route: Name };

/** A read of one route's documents, by day. */
export function byDay<Name extends DayRouteName>(route: Name, options: DayOptions<Name> = {}): DayRead<Name> {
  const { over = ({ upToToday }) => upToToday, scopes = scopesOfRoute(route) } = options;
  const { figures = [{ name: route, on: (documents) => documents.length > 0 || null }], stamp } = options;
  return {
    route,
    scopes,
    ouraScopes: [ouraRoutes[route].scope],
    figures: figures.map((figure) => ({ ...figure, route })),
    over,
    load: (reader, days) => readDayDocuments(reader, route, over(days), days),
    records: (documents) =>
      documents.map((document) => ({ day: document.day, document, stamp: (stamp ?? ownStamp)(document) })),
  };

  function ownStamp(document: DayDocument<Name>): string | null {
    switch (pathOf(route)) {
      case "sleep":
        return "stamp" in document ? document.stamp : null;
      case "daily_activity":
        return "timestamp" in document ? document.timestamp : null;
      default:
        return null;
    }
  }
}

/** A read of one route's documents that span several days, including those that began before the range. */
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

/** Rest mode and holidays can last for weeks: one that began this many days before the range may reach into it. */
const spanReachDays = 35;

function spanReach({ start, end }: DayRange): DayRange {
  return { start: addDays(start, -spanReachDays), end };
}

/** A read of anything without days; `what` is its name in `missing`. */
export function other<Value>(
  route: OuraRouteName,
  what: string,
  load: (reader: OuraReader, days: ReadDays) => Promise<Value>,
): Read<Value> {
  return { scopes: [ouraRoutes[route].scope], figures: [{ name: what, route }], load };
}

/**
 * The days up to today, extended by `count` days before the range, and to `countFromEnd` days before its last day where
 * that is earlier.
 */
export function daysBefore(count: number, countFromEnd = 0): (days: ReadDays) => DayRange {
  return ({ asked, upToToday: { start, end } }) => {
    const [fromStart, fromEnd] = [addDays(start, -count), addDays(asked.end, -countFromEnd)];
    return { start: fromStart < fromEnd ? fromStart : fromEnd, end };
  };
}

/** The reads of one part of an answer, and what happens when they cannot be read. */
export interface Declared<Data> {
  role: "essential" | "part" | "support";
  reads: readonly Read[];
  /** How a failed support read is reported; null to report nothing. */
  loss: Loss | null;
  /** The names of its figures in the order of the answer. Default: the order of the reads. */
  order?: readonly string[];
  /** @param find returns what was read, or undefined where it was refused or failed */
  collect(find: Find): Data;
}

export type Find = <Value>(read: Read<Value>) => { value: Value } | undefined;

interface Loss {
  /** What was lost, for example "days' own records". Default: the names of the figures with "as context". */
  what?: string;
  /** The field to report it in. Default: "notes". */
  under?: "notes" | "missing";
  /** A sentence about how the answer differs without it. */
  without?(days: { utcOffset: string }): string;
}

/** Declarations, keyed by the names of `data`. */
export type Declarations = Readonly<Record<string, Declared<unknown>>>;
export type DataOf<Reads extends Declarations> = {
  readonly [Name in keyof Reads]: Reads[Name] extends Declared<infer Data> ? Data : never;
};

/** The figures of a declaration, in the order of the answer. */
export function figuresOf({ reads, order }: Declared<unknown>): Figure[] {
  const figures = reads.flatMap((read) => read.figures);
  return order ? figures.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name)) : figures;
}

/** The figures of an answer that the ring measures, without support and without what the wearer enters. */
export function measuredFigures(declared: readonly Declared<unknown>[]): Figure[] {
  return declared
    .filter(({ role }) => role !== "support")
    .flatMap(figuresOf)
    .filter(({ route }) => wornAt(route) !== null);
}

/** A read the answer cannot do without: when it is refused or fails, the call fails with the reason. */
export function essential<Value>(read: Read<Value>): Declared<Value> {
  return {
    role: "essential",
    reads: [read],
    loss: null,
    collect(find) {
      const found = find(read);
      if (found) return found.value;
      throw new Error("an essential read was collected without its value"); // unreachable: `readAll` throws first
    },
  };
}

/** A part of the answer: when it is refused or fails, `missing` says why and the rest is answered. */
export function part<Value>(read: Read<Value>): Declared<Value | null> {
  return { role: "part", reads: [read], loss: null, collect: (find) => find(read)?.value ?? null };
}

/**
 * A read that improves the answer but is not shown. A refusal is not reported. A failure adds a note, and no gap is
 * then explained by the ring not being worn.
 */
export function support<Value>(read: Read<Value>, loss: Loss = {}): Declared<Value | null> {
  return { role: "support", reads: [read], loss, collect: (find) => find(read)?.value ?? null };
}

/** An empty declaration, for data the question does not ask for. */
export const nothing: Declared<null> = { role: "support", reads: [], loss: null, collect: () => null };

/** Documents by route; a route that was refused or failed is absent. */
export type DocumentsByRoute<Name extends DayRouteName = DayRouteName> = {
  readonly [Route in Name]?: readonly DayDocument<Route>[];
};

/**
 * Several routes of which each is optional: `missing` names those that were refused or failed.
 * @param role `essential`: the call fails when none of them can be read
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

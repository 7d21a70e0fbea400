import { addDays, type DayRange, earlierDay, type IsoDay } from "../analytics/day.ts";
import { type DayDocument, readDayDocuments } from "../oura/day-documents.ts";
import type { RouteReaders } from "../oura/limit-reader.ts";
import type { OuraReader } from "../oura/reader.ts";
import {
  type DayRouteName,
  type OuraDocument,
  type OuraRouteName,
  pathOf,
  type SpanRouteName,
  wornAt,
} from "../oura/routes.ts";

/**
 * The days to request from Oura. They are an estimate, because the wearer's time zone may still be unknown. The reader
 * therefore also fetches two days before and two days after each range.
 */
export interface ReadDays {
  /**
   * The requested ranges of days, in the order in which the tool gives them. Empty when the question is not about days.
   */
  ranges: readonly DayRange[];
  /** From the first to the last day of all requested ranges. Today when the question is not about days. */
  asked: DayRange;
  /**
   * From the first to the last requested day. A range that ends shortly before today is extended to today, because
   * documents of later days can show that the ring has synced the requested days.
   */
  upToToday: DayRange;
  /** In epoch ms. */
  now: number;
  /** The wearer's last known UTC offset; 0 when it is unknown. */
  offsetMinutes: number;
}

/**
 * A request for one kind of data from Oura. Most requests fetch the documents of one route, for days that depend on the
 * question.
 */
export interface Read<Value = unknown, Route extends OuraRouteName = OuraRouteName> {
  /**
   * The route of Oura's API determines which permission the request needs. The reader that `load` gets refuses routes
   * that need another permission.
   */
  route: Route;
  /**
   * The values of the answer that come from this data. If it cannot be read, the answer's `missing` list names them.
   */
  figures: readonly Figure[];
  /**
   * The days to fetch; null when the question needs no such data. Not set for data that is not organised by day, such
   * as the ring's battery level.
   */
  over?(days: ReadDays): DayRange | null;
  load(reader: OuraReader, days: ReadDays): Promise<Value>;
  /**
   * Set if the data consists of documents that each belong to a day. The shared code uses these records for three more
   * things: when the ring was worn, up to which day the ring has synced, and which time zone the wearer is in.
   */
  records?(value: Value): DayRecord[];
}

/** If a document spans several days, `day` is the first of them. */
export interface DayRecord {
  day: IsoDay;
  document: object;
  /** A timestamp of the document that contains the wearer's UTC offset. Null if no timestamp contains it. */
  stamp: string | null;
}

/**
 * One value that an answer shows, such as the steps of a day. When it is missing, the answer's `missing` list says why.
 */
export interface Figure {
  /** The value's name in the answer's `missing` list. */
  name: string;
  /**
   * A common name for several values, such as all values of a night. If all of them are missing for the same reason,
   * the answer's `missing` list has one entry with this name. Otherwise the list names each missing value.
   */
  group?: string;
  /**
   * The route of Oura's API that returns the value. From the route, the code knows which rings measure the value, and
   * which records of other routes show that the ring was worn.
   */
  route: OuraRouteName;
  /**
   * Returns the value of one day from the documents of that day. Null when the value is missing. The documents are in
   * the order in which Oura sent them. A value that belongs to no single day does not have this method, because such a
   * value cannot be missing on one day.
   */
  on?(documents: readonly unknown[]): unknown;
  /**
   * Set for a value that is complete only at the end of the day, such as steps. `counting`: the answer shows today's
   * value. If there is no value for today yet, the answer does not report it as missing. `left_out`: the answer does
   * not show today's value.
   */
  today?: "counting" | "left_out";
  /**
   * Whether the value is a score from Oura. A score can be missing because the wearer has switched on Oura's rest mode.
   * During rest mode Oura gives no scores.
   */
  isScore?: boolean;
}

/** A {@link Figure} without the route of Oura's API that returns it. {@link byDay} adds the route. */
export interface DayFigure<Name extends DayRouteName> {
  name: string;
  group?: string;
  on?: ((documents: readonly DayDocument<Name>[]) => unknown) | undefined;
  today?: "counting" | "left_out";
  isScore?: boolean;
}

interface DayOptions<Name extends DayRouteName> {
  /**
   * The days to request. If null, no request is sent. Default: `upToToday` of {@link ReadDays}. These are the requested
   * days. If the requested days end shortly before today, the days up to today are added.
   */
  over?: (days: ReadDays) => DayRange | null;
  /** The values that the answer takes from the documents. Default: one value with the route's name. */
  figures?: readonly DayFigure<NoInfer<Name>>[];
  /**
   * A timestamp with the wearer's UTC offset. Most daily documents do not show this offset, because all their
   * timestamps are in UTC.
   */
  stamp?: (document: DayDocument<Name>) => string | null;
}

export type DayRead<Name extends DayRouteName> = Read<DayDocument<Name>[], Name>;

/** A request for one route whose documents each belong to one day. */
export function byDay<Name extends DayRouteName>(route: Name, options: DayOptions<Name> = {}): DayRead<Name> {
  const { over = ({ upToToday }) => upToToday, stamp } = options;
  const { figures = [{ name: route, on: (documents) => documents.length > 0 || null }] } = options;
  return {
    route,
    figures: figures.map((figure) => ({ ...figure, route })),
    over,
    async load(reader, days) {
      const range = over(days);
      return range === null ? [] : readDayDocuments(reader, route, range, days);
    },
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

/**
 * A request for one route whose documents each span several days, such as rest mode. The result also has documents that
 * begin before the range and reach into it.
 */
export function bySpan<Name extends SpanRouteName>(
  route: Name,
  what: string,
  options: { over?: (days: ReadDays) => DayRange; stamp?: (document: OuraDocument<Name>) => string | null } = {},
): Read<OuraDocument<Name>[], Name> {
  const { over = ({ upToToday }) => upToToday, stamp = () => null } = options;
  return {
    route,
    figures: [{ name: what, route }],
    load: (reader, days) => reader.readSpans(route, spanReach(over(days))),
    records: (documents) =>
      documents.map((document) => ({ day: document.start_day, document, stamp: stamp(document) })),
  };
}

/**
 * Some documents span several days or weeks, such as those about rest mode. A request for such documents starts this
 * many days before the requested range. It then also finds documents that begin before the range and reach into it.
 */
const spanReachDays = 35;

function spanReach({ start, end }: DayRange): DayRange {
  return { start: addDays(start, -spanReachDays), end };
}

/**
 * A request for data that is not organised by day, such as the ring's battery level. `what` is the name of the data in
 * the answer's `missing` list.
 * @param load Sends the request. It gets a reader that can read only this route
 */
export function other<Route extends keyof RouteReaders, Value>(
  route: Route,
  what: string,
  load: (reader: RouteReaders[Route], days: ReadDays) => Promise<Value>,
): Read<Value, Route> {
  return { route, figures: [{ name: what, route }], load };
}

/**
 * The days to request for a tool that also needs days before the requested range. The first day is `count` days before
 * the start of the requested range or `countFromEnd` days before its end, whichever is earlier. The last day is the
 * last day of `upToToday` in {@link ReadDays}.
 */
export function daysBefore(count: number, countFromEnd = 0): (days: ReadDays) => DayRange {
  return ({ asked, upToToday: { start, end } }) => {
    const [fromStart, fromEnd] = [addDays(start, -count), addDays(asked.end, -countFromEnd)];
    return { start: earlierDay(fromStart, fromEnd), end };
  };
}

/**
 * A declaration: the requests for one part of an answer, and what happens when they fail. {@link essential}, {@link
 * part} and {@link support} explain the three roles. `Route` names the routes that are read. A tool must state the
 * permissions for these routes, or else it does not compile.
 */
export interface Declared<Data, Route extends OuraRouteName = OuraRouteName> {
  role: "essential" | "part" | "support";
  reads: readonly Read<unknown, Route>[];
  /**
   * How the answer reports a failed request for data that it does not show (role `support`). Null if it does not report
   * the failure.
   */
  loss: Loss | null;
  /**
   * Set for data of the role `part` that the answer mentions only as context. The summary does not name such data when
   * it could not be read.
   */
  isContext?: boolean;
  /** The names of the values, in the order of the answer. Default: the order of the requests. */
  order?: readonly string[];
  /** @param find Returns what a request loaded; undefined when permission was missing or the request failed */
  collect(find: Find): Data;
}

export type Find = <Value>(read: Read<Value>) => { value: Value } | undefined;

interface Loss {
  /**
   * What the answer calls the data that could not be read. Default: the names of the values, followed by "as context".
   */
  what?: string;
  /** Where the failed request is reported. Default: `notes` in an answer about days, `missing` in other answers. */
  under?: "notes" | "missing";
  /** Returns a sentence for the answer. It says what the answer lacks because the data could not be read. */
  without?(days: { utcOffset: string }): string;
}

/** Everything that a tool reads from Oura. The result of each declaration is in the field `data` under the same key. */
export type Declarations<Route extends OuraRouteName = OuraRouteName> = Readonly<
  Record<string, Declared<unknown, Route>>
>;
export type DataOf<Reads extends Declarations> = {
  readonly [Name in keyof Reads]: Reads[Name] extends Declared<infer Data> ? Data : never;
};

export function figuresOf({ reads, order }: Declared<unknown>): Figure[] {
  const figures = reads.flatMap((read) => read.figures);
  return order ? figures.toSorted((one, other) => order.indexOf(one.name) - order.indexOf(other.name)) : figures;
}

/**
 * The values that the answer shows and that the ring measures. Data with the role `support` is left out, because the
 * answer does not show it. Data such as tags is left out, because the wearer enters it.
 */
export function measuredFigures(declared: readonly Declared<unknown>[]): Figure[] {
  return declared
    .filter(({ role }) => role !== "support")
    .flatMap(figuresOf)
    .filter(({ route }) => wornAt(route) !== null);
}

/** Data without which there is no answer. If permission is missing or the request fails, the tool call fails. */
export function essential<Value, Route extends OuraRouteName>(read: Read<Value, Route>): Declared<Value, Route> {
  return {
    role: "essential",
    reads: [read],
    loss: null,
    collect(find) {
      const found = find(read);
      if (found) return found.value;
      // Never reached, because `readAll` throws when essential data could not be read.
      throw new Error("an essential read was collected without its value");
    },
  };
}

/**
 * Data for one part of the answer. If permission is missing or the request fails, the answer's `missing` list says so,
 * and the tool still answers with the other parts.
 */
export function part<Value, Route extends OuraRouteName>(read: Read<Value, Route>): Declared<Value | null, Route> {
  return { role: "part", reads: [read], loss: null, collect: (find) => find(read)?.value ?? null };
}

/**
 * Data that the answer mentions only as context, such as the tags before an unusual night. If permission is missing or
 * the request fails, the answer's `missing` list says so. The summary does not mention it.
 */
export function context<Value, Route extends OuraRouteName>(read: Read<Value, Route>): Declared<Value | null, Route> {
  return { ...part(read), isContext: true };
}

/**
 * Data that improves the answer but that the answer does not show. A missing permission is not mentioned, and a failed
 * request gives a note. Some of this data shows whether the ring was worn. If such data could not be read, days without
 * a value get the reason `unavailable` instead of `not_worn`.
 */
export function support<Value, Route extends OuraRouteName>(
  read: Read<Value, Route>,
  loss: Loss = {},
): Declared<Value | null, Route> {
  return { role: "support", reads: [read], loss, collect: (find) => find(read)?.value ?? null };
}

/** The declaration of a tool that reads nothing from Oura for this question. It stands in place of another declaration. */
export const nothing: Declared<null, never> = { role: "support", reads: [], loss: null, collect: () => null };

/** The documents of each route. A route is absent if permission was missing or the request for it failed. */
export type DocumentsByRoute<Name extends DayRouteName = DayRouteName> = {
  readonly [Route in Name]?: readonly DayDocument<Route>[];
};

/**
 * Data from several routes. If one route cannot be read, the data of the other routes is still used. If the answer
 * shows the data (role `essential` or `part`), its `missing` list names the values that could not be read.
 * @param role With `essential`, the call fails only when none of the routes can be read
 */
export function byRoutes<Name extends DayRouteName>(
  role: Declared<unknown>["role"],
  reads: readonly DayRead<Name>[],
  { order, ...loss }: Loss & { order?: readonly string[] } = {},
): Declared<DocumentsByRoute<Name>, Name> {
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

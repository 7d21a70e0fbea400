import * as z from "zod";
import { addDays, type DayRange, dayMilliseconds, type IsoDay, isWithin } from "../analytics/day.ts";
import type { HeartRateRow } from "../analytics/intraday/heart-rate-readings.ts";
import { AppError, type Failure } from "../errors.ts";
import type { CallBudget } from "./budget.ts";
import type { AnswerCache } from "./cache.ts";
import { readHeartRateRow, toHeartRateRows } from "./heart-rate-row.ts";
import { hasValidKeyFields, isOdd } from "./odd-records.ts";
import { createPlainReader } from "./plain-values.ts";
import {
  type DayRouteName,
  type OuraDocument,
  type OuraRouteName,
  ouraRoutes,
  pathOf,
  projection,
  type SpanRouteName,
} from "./routes.ts";
import { readOura, type Transport } from "./transport.ts";

/**
 * Reads Oura's data for one tool call. Documents are returned oldest first, as Oura sends them. Failures are thrown as
 * `AppError`s.
 */
export interface OuraReader {
  /**
   * Returns every document whose day is in the range or at most two days before or after it. Oura selects records by
   * UTC dates, so a request for the exact range could miss the first or the last night. The caller selects the days.
   */
  readDays<Name extends DayRouteName>(name: Name, range: DayRange): Promise<OuraDocument<Name>[]>;
  /**
   * Returns documents that can span several days. They are selected as in `readDays`, by the day on which they begin.
   */
  readSpans<Name extends SpanRouteName>(name: Name, range: DayRange): Promise<OuraDocument<Name>[]>;
  /**
   * Returns plausible heart rates from `start` to `end` (epoch ms, end excluded), oldest first, with at most one row
   * per timestamp and source. A month with long workouts can need more requests than one tool call may send. Then
   * `unread` lists the spans of time that were not read.
   */
  readHeartRate(start: number, end: number): Promise<HeartRateReading>;
  readRings(): Promise<OuraDocument<"ring_configuration">[]>;
  /** Returns the newest battery level, or one for each ring. Oura does not say to which ring a level belongs. */
  readBatteries(): Promise<OuraDocument<"ring_battery_level">[]>;
  /** The battery levels from `start` to `end` (epoch ms), oldest first. */
  readBatteryHistory(start: number, end: number): Promise<OuraDocument<"ring_battery_level">[]>;
  readProfile(): Promise<OuraDocument<"personal_info">>;
  /**
   * How many records of each route this tool call could not read completely. Answers mention them, because a value that
   * seems to be missing may be in one of them.
   */
  oddRecords(): ReadonlyMap<OuraRouteName, number>;
}

export interface HeartRateReading {
  rows: HeartRateRow[];
  unread: readonly UnreadStretch[];
}

/** In epoch ms, end excluded. */
export interface UnreadStretch {
  start: number;
  end: number;
  failure: Failure;
}

export const paddingDays = 2;
/**
 * A request for heart rates is divided into parts. One reason is that Oura refuses a request for more than 30 days. The
 * other is speed: six parts can be read at the same time, but the pages of one part must be read one after another.
 *
 * Each part is a sixth of the requested time, but at most five days and at least 36 hours. A page holds 1,000 rows and
 * takes one request. 30 days have about 37,000 rows. The last page of each part is usually not full, so 30 days take
 * about 43 of the 50 requests that a tool call may send.
 */
const longestPartMilliseconds = 5 * dayMilliseconds;
const shortestPartMilliseconds = 36 * 3_600_000;
const partsAtOnce = 6;
/**
 * At most this many pages are read of one part of a time series, or of one list of documents. Pages are read one after
 * another, so the limit keeps the reading short. Oura normally sends a list in one page. A page of a time series holds
 * 1,000 rows.
 */
const maximumPages = 8;

interface HeartRatePart {
  rows: readonly OuraDocument<"heartrate">[];
  unread: readonly UnreadStretch[];
}

/** `odd` is the number of records that could not be read completely. */
interface Pages<Name extends OuraRouteName> {
  documents: OuraDocument<Name>[];
  odd: number;
}

/**
 * Unlike `z.array(z.unknown())`, this schema does not copy the array, which would cost time. Each row is parsed later.
 */
const listOfRows = z.custom<readonly unknown[]>((value) => Array.isArray(value));
const envelope = z.object({ data: listOfRows, next_token: z.string().nullish() });

export function createOuraReader(transport: Transport, cache: AnswerCache, budget: CallBudget): OuraReader {
  function read(name: OuraRouteName, parameters: Record<string, string>): Promise<unknown> {
    const query = new URLSearchParams(parameters).toString();
    return readOura(transport, budget, `/v2/usercollection/${pathOf(name)}${query && `?${query}`}`);
  }

  /**
   * Adds the rows of all pages to `pages`. If a page cannot be read, `pages` still contains the rows of the pages
   * before it.
   */
  async function readPages<Name extends OuraRouteName>(
    name: Name,
    parameters: Record<string, string>,
    pages: Pages<Name> = { documents: [], odd: 0 },
  ): Promise<Pages<Name>> {
    const seen = new Set<string>();
    let sent = 0;
    let token: string | null = null;
    do {
      const body: z.output<typeof envelope> = parse(
        envelope,
        await read(name, token === null ? parameters : { ...parameters, next_token: token }),
      );
      readRows(name, body.data, pages);
      sent += body.data.length;
      token = body.next_token || null;
      // If Oura sent an earlier page token again, reading would never end. The pages so far may be incomplete, so they
      // are not used.
      if (token !== null && seen.has(token)) throw new AppError({ kind: "oura_malformed" });
      if (token !== null) seen.add(token);
      if (token !== null && seen.size >= maximumPages)
        throw new AppError({ kind: isSeries(name) ? "call_budget_spent" : "oura_malformed" });
    } while (token !== null);
    if (sent > 0 && pages.documents.length === 0) throw new AppError({ kind: "oura_malformed" });
    return pages;
  }

  const odd = new Map<OuraRouteName, number>();

  /**
   * Returns the documents of a new or cached response, and counts for this tool call the records that could not be read
   * completely.
   */
  async function collectDocuments<Name extends OuraRouteName>(name: Name, answer: Promise<Pages<Name>>) {
    const pages = await answer;
    if (pages.odd > 0) odd.set(name, (odd.get(name) ?? 0) + pages.odd);
    return pages.documents;
  }

  /**
   * Reads one part of the heart rate. If reading fails in a way that affects only this part, the result lists the time
   * that was not read, and no error is thrown.
   */
  async function readHeartRatePart(start: number, end: number): Promise<HeartRatePart> {
    const [start_datetime, end_datetime] = [new Date(start).toISOString(), new Date(end).toISOString()];
    const read: Pages<"heartrate"> = { documents: [], odd: 0 };
    try {
      const whole = cache.get(`heartrate ${start_datetime} ${end_datetime}`, () =>
        readPages("heartrate", { start_datetime, end_datetime, fields: projection("heartrate") }, read),
      );
      return { rows: await collectDocuments("heartrate", whole), unread: [] };
    } catch (error) {
      if (!(error instanceof AppError) || !affectsOnePartOnly(error.failure)) throw error;
      const rows = await collectDocuments("heartrate", Promise.resolve(read));
      // All time after the last row counts as unread. A row after the requested end does not count: it comes from a
      // ring whose clock is ahead.
      const last = Date.parse(rows.findLast(({ timestamp }) => Date.parse(timestamp) < end)?.timestamp ?? "");
      return { rows, unread: [{ start: Number.isNaN(last) ? start : last + 1, end, failure: error.failure }] };
    }
  }

  function readBatteryPart(start: number, end: number): Promise<OuraDocument<"ring_battery_level">[]> {
    const times = { start_datetime: new Date(start).toISOString(), end_datetime: new Date(end).toISOString() };
    const fields = projection("ring_battery_level");
    const answer = cache.get(`ring_battery_level ${times.start_datetime} ${times.end_datetime}`, () =>
      readPages("ring_battery_level", { ...times, fields }),
    );
    return collectDocuments("ring_battery_level", answer);
  }

  function readRange<Name extends DayRouteName | SpanRouteName>(
    name: Name,
    range: DayRange,
  ): Promise<OuraDocument<Name>[]> {
    const window = { start: addDays(range.start, -paddingDays), end: addDays(range.end, paddingDays) };
    const answer = cache.getWindow(name, window, async () => {
      const { documents, odd } = await readPages(name, {
        start_date: window.start,
        end_date: window.end,
        fields: projection(name),
      });
      // Documents outside the requested dates come from a ring whose clock is ahead. They are dropped, because they
      // would count as the newest record.
      return { documents: documents.filter((document) => isWithin(dayOf(document), window)), odd };
    });
    return collectDocuments(name, answer);
  }

  return {
    readDays: readRange,
    readSpans: readRange,
    async readHeartRate(start, end) {
      const reads: Promise<HeartRatePart>[] = [];
      const sixth = Math.ceil((end - start) / partsAtOnce);
      const length = Math.max(shortestPartMilliseconds, Math.min(longestPartMilliseconds, sixth));
      for (let from = start; from < end; from += length)
        reads.push(readHeartRatePart(from, Math.min(from + length, end)));
      const parts = await Promise.all(reads);
      const unread = parts.flatMap((part) => part.unread);
      const [first] = unread;
      if (first && parts.every((part) => part.rows.length === 0 && part.unread.length > 0))
        throw new AppError(first.failure);
      return { rows: toHeartRateRows(parts, start, end), unread };
    },
    readRings: () =>
      collectDocuments(
        "ring_configuration",
        cache.get("ring_configuration", () =>
          readPages("ring_configuration", { fields: projection("ring_configuration") }),
        ),
      ),
    readBatteries: () =>
      collectDocuments(
        "ring_battery_level",
        cache.get("ring_battery_level", () =>
          readPages("ring_battery_level", { latest: "true", fields: projection("ring_battery_level") }),
        ),
      ),
    async readBatteryHistory(start, end) {
      // Both halves are read at the same time, because the pages of one half can only be read one after another.
      const middle = Math.floor((start + end) / 2);
      const parts = await Promise.all([readBatteryPart(start, middle), readBatteryPart(middle + 1, end)]);
      return parts.flat();
    },
    async readProfile() {
      const answer = cache.get("personal_info", async () => {
        const body = await read("personal_info", {});
        const profile = parse(ouraRoutes.personal_info.schema, body);
        return { documents: [profile], odd: isOdd("personal_info", body, profile) ? 1 : 0 };
      });
      const [profile] = await collectDocuments("personal_info", answer);
      if (!profile) throw new AppError({ kind: "oura_malformed" });
      return profile;
    },
    oddRecords: () => odd,
  };
}

/**
 * Whether a route has a row for each reading of a sensor. If such a route returns more than {@link maximumPages} pages,
 * the tool call has requested too much time. If any other route returns so many pages, Oura has made an error.
 */
function isSeries(name: OuraRouteName): boolean {
  return name === "heartrate" || name === "ring_battery_level";
}

function dayOf(document: { day: IsoDay } | { start_day: IsoDay }): IsoDay {
  return "day" in document ? document.day : document.start_day;
}

/**
 * Adds Oura's rows to `pages`. A row that cannot be read at all is left out, and counted as odd like a row that can be
 * read only in part.
 */
function readRows<Name extends OuraRouteName>(name: Name, rows: readonly unknown[], pages: Pages<Name>): void {
  const readPlain = plainReaderOf(name);
  for (const row of rows) {
    const plain = readPlain(row);
    const document = plain ?? ouraRoutes[name].schema.safeParse(row).data;
    if (document) pages.documents.push(document as OuraDocument<Name>); // the row has the type of the schema of `name`
    const couldBeRead = plain !== null ? hasValidKeyFields(name, row) : document && !isOdd(name, row, document);
    if (!couldBeRead) pages.odd += 1;
  }
}

const plainReaders = new Map<OuraRouteName, (row: unknown) => object | null>([["heartrate", readHeartRateRow]]);

function plainReaderOf(name: OuraRouteName): (row: unknown) => object | null {
  const reader = plainReaders.get(name) ?? createPlainReader(ouraRoutes[name].schema);
  plainReaders.set(name, reader);
  return reader;
}

/** A missing permission, for example, affects all parts of the heart rate, but a timeout affects only one. */
function affectsOnePartOnly({ kind }: Failure): boolean {
  return kind === "call_budget_spent" || kind.startsWith("oura_");
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  // The zod error is left out, because it quotes health data.
  if (!parsed.success) throw new AppError({ kind: "oura_malformed" });
  return parsed.data;
}

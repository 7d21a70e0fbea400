import * as z from "zod";
import { addDays, type DayRange, dayMilliseconds, type IsoDay, isWithin } from "../analytics/day.ts";
import type { HeartRateRow } from "../analytics/intraday/heart-rate.ts";
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

/** Reads Oura for one tool call. Documents are oldest first, as Oura sends them; failures are thrown as `AppError`s. */
export interface OuraReader {
  /**
   * Every document whose day lies within two days of the range. Oura compares dates with instants in UTC and would
   * leave out the first or last night, so the request is wider and the caller selects what it needs.
   */
  readDays<Name extends DayRouteName>(name: Name, range: DayRange): Promise<OuraDocument<Name>[]>;
  /** The same for documents that span several days; `start_day` decides. */
  readSpans<Name extends SpanRouteName>(name: Name, range: DayRange): Promise<OuraDocument<Name>[]>;
  /**
   * Plausible heart rates from `start` to `end` (epoch ms, end excluded), oldest first, at most one per timestamp and
   * source. One call may not be able to read a month with long workouts: `rows` holds what was read before the limit,
   * and `unread` names the rest.
   */
  readHeartRate(start: number, end: number): Promise<HeartRateReading>;
  readRings(): Promise<OuraDocument<"ring_configuration">[]>;
  /** The newest battery levels: one, or one for each ring. Oura does not say of which ring a level is. */
  readBatteries(): Promise<OuraDocument<"ring_battery_level">[]>;
  /** The battery levels from `start` to `end` (epoch ms), oldest first. */
  readBatteryHistory(start: number, end: number): Promise<OuraDocument<"ring_battery_level">[]>;
  readProfile(): Promise<OuraDocument<"personal_info">>;
  /**
   * How many records of this call could not be read in full, by route. Values that seem to be missing may be in them.
   */
  oddRecords(): ReadonlyMap<OuraRouteName, number>;
}

export interface HeartRateReading {
  rows: HeartRateRow[];
  unread: readonly UnreadStretch[];
}

/** A stretch from `start` to `end` (epoch ms, end excluded) that could not be read, and why. */
export interface UnreadStretch {
  start: number;
  end: number;
  failure: Failure;
}

export const paddingDays = 2;
/**
 * Heart rate is requested in parts: Oura refuses more than 30 days at once, and the pages of a part must be read in
 * sequence while six parts are read in parallel. A sixth of the time is one part, five days at most and a day with the
 * hours around it at least. 30 days take about 43 requests, which one call may make.
 */
const longestPartMilliseconds = 5 * dayMilliseconds;
const shortestPartMilliseconds = 36 * 3_600_000;
const partsAtOnce = 6;
/**
 * Pages of one part of a time series or of a list. They are read in sequence, so with the requests before and after them a
 * call takes at most ten rounds. Oura's lists have one page each; a page of a time series holds 1,000 rows.
 */
const maximumPages = 8;

interface HeartRatePart {
  rows: readonly OuraDocument<"heartrate">[];
  unread: readonly UnreadStretch[];
}

/** The documents read from the pages of a route, and how many records were odd. */
interface Pages<Name extends OuraRouteName> {
  documents: OuraDocument<Name>[];
  odd: number;
}

/** The rows are parsed by their own schema. An array of `unknown` would be gone through and copied here. */
const listOfRows = z.custom<readonly unknown[]>((value) => Array.isArray(value));
const envelope = z.object({ data: listOfRows, next_token: z.string().nullish() });

export function createOuraReader(transport: Transport, cache: AnswerCache, budget: CallBudget): OuraReader {
  function read(name: OuraRouteName, parameters: Record<string, string>): Promise<unknown> {
    const query = new URLSearchParams(parameters).toString();
    return readOura(transport, budget, `/v2/usercollection/${pathOf(name)}${query && `?${query}`}`);
  }

  /** @param pages collects what is read; it keeps the pages read before a failure */
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
      // A repeated token would loop for ever. The pages so far may be incomplete, so they are not used.
      if (token !== null && seen.has(token)) throw new AppError({ kind: "oura_malformed" });
      if (token !== null) seen.add(token);
      if (token !== null && seen.size >= maximumPages)
        throw new AppError({ kind: isSeries(name) ? "call_budget_spent" : "oura_malformed" });
    } while (token !== null);
    if (sent > 0 && pages.documents.length === 0) throw new AppError({ kind: "oura_malformed" });
    return pages;
  }

  const odd = new Map<OuraRouteName, number>();

  /** The documents of an answer, fetched or cached. Its odd records are counted for this call. */
  async function collectDocuments<Name extends OuraRouteName>(name: Name, answer: Promise<Pages<Name>>) {
    const pages = await answer;
    if (pages.odd > 0) odd.set(name, (odd.get(name) ?? 0) + pages.odd);
    return pages.documents;
  }

  /** Reads a part of the heart rate. A failure that does not affect the other parts becomes an unread stretch. */
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
      // Rows after `end` come from a ring whose clock runs ahead. They must not make the unread stretch look read.
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
      // Documents outside the window come from a ring whose clock runs ahead. They must not count as the newest record.
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
      // In two parts at once, because the pages of a part must be read in sequence.
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

/** Whether a route has as many rows as there are readings, so that many pages are no error. */
function isSeries(name: OuraRouteName): boolean {
  return name === "heartrate" || name === "ring_battery_level";
}

/** The day a document begins on. */
function dayOf(document: { day: IsoDay } | { start_day: IsoDay }): IsoDay {
  return "day" in document ? document.day : document.start_day;
}

/** Adds the rows that can be read. Oura sends an odd row now and then: it is counted, and the others are kept. */
function readRows<Name extends OuraRouteName>(name: Name, rows: readonly unknown[], pages: Pages<Name>): void {
  const readPlain = plainReaderOf(name);
  for (const row of rows) {
    const plain = readPlain(row);
    const document = plain ?? ouraRoutes[name].schema.safeParse(row).data;
    if (document) pages.documents.push(document as OuraDocument<Name>); // parsed like the schema of `name`
    const couldBeRead = plain !== null ? hasValidKeyFields(name, row) : document && !isOdd(name, row, document);
    if (!couldBeRead) pages.odd += 1;
  }
}

/** Made at the first read of a route. */
const plainReaders = new Map<OuraRouteName, (row: unknown) => object | null>([["heartrate", readHeartRateRow]]);

function plainReaderOf(name: OuraRouteName): (row: unknown) => object | null {
  const reader = plainReaders.get(name) ?? createPlainReader(ouraRoutes[name].schema);
  plainReaders.set(name, reader);
  return reader;
}

/** Whether the other parts are still usable after a failure of one. A missing permission, for example, affects all. */
function affectsOnePartOnly({ kind }: Failure): boolean {
  return kind === "call_budget_spent" || kind.startsWith("oura_");
}

function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new AppError({ kind: "oura_malformed" }); // the zod error quotes values, so it is no cause
  return parsed.data;
}

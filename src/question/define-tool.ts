import * as z from "zod";
import { countDays, type DayRange, formatOffset, type IsoDay, parseOffset } from "../analytics/day.ts";
import type { OuraRouteName, RouteWithin } from "../oura/routes.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import type { Gaps } from "./gaps.ts";
import { missingEntry } from "./missing-entries.ts";
import { openQuestion } from "./open-question.ts";
import { type ParsedInput, parseInput } from "./parse-input.ts";
import type { Calendar } from "./range-input.ts";
import type { DataOf, Declarations, Declared } from "./reads.ts";
import type { RingLimit } from "./ring-limits.ts";
import { addMissing } from "./say-missing.ts";
import type { AccountContext, AccountTool, OuraTool, ToolContext } from "./tool.ts";

/**
 * The definition of a tool that reads Oura's data: which data it reads, and how it computes its answer from the data.
 * The code in src/question does what is the same for every tool: it determines the days, checks permissions, explains
 * missing values and adds a note on the time zone.
 */
export interface Definition<
  Name extends string,
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  Ranges extends readonly DayRange[],
  Scope extends ScopeName,
  PartScope extends ScopeName,
  Reads extends Declarations<RouteWithin<Scope | PartScope>>,
  HasPicture extends boolean,
> {
  name: Name;
  title: string;
  description: string;
  /** If the argument `timezone` is sent, the days of the question are days in this time zone. */
  input: Input & { shape: ZoneShape };
  /**
   * The fields of the tool's answer. A tool cannot declare a field of {@link FrameField}, because the code in
   * src/question adds those fields to every answer.
   */
  output: Shape & { [Field in FrameField]?: never };
  /**
   * The permissions for the data that the tool is about. For every route of Oura's API that the tool reads, the scopes
   * must be listed here or in `partScopes`. Otherwise the tool does not compile.
   */
  scopes: readonly Scope[];
  /**
   * Scopes that the tool uses only for a part of its answers. The value at each scope is a text that names this part.
   */
  partScopes?: { readonly [Name in PartScope]: string };
  /**
   * Whether the tool can pass picture data to a host that shows views (MCP Apps pages with pictures). Only a tool with
   * this mark gets the function `draw`.
   */
  hasPicture?: HasPicture;
  /**
   * The ranges of days that the answer covers. The first range is passed to `answer` as `range`. The code in
   * src/question calls this function twice: once before the wearer's time zone is known, and once when it is known.
   * Null for a tool that is not about days.
   */
  days: ((input: z.output<Input>, calendar: Calendar) => Ranges) | null;
  /**
   * What the tool reads. The result of each declaration is in `data` of {@link Question}, under the declaration's key.
   */
  reads(input: z.output<Input>): Reads;
  /**
   * Set for a tool about events such as workouts: the name of the events in the answer's `missing` list. A synced day
   * without an event is normal and not reported. A day that the ring has not synced yet is reported, because its events
   * may still arrive.
   */
  arrivesWithSync?: string;
  /**
   * Set for a tool about long ranges. If data is missing on many days, the answer's `missing` list gives only their
   * number.
   */
  countsMissingDays?: boolean;
  /**
   * Set for a tool whose answer shows the values of single days. Returns how many entries of the `missing` list the
   * summary names in an answer about this many days. The summary then also names values that are missing on only some
   * of the days. Without this method, the summary names only values that are missing altogether or on most days of a
   * period.
   */
  namesMissing?(days: number): number;
  /**
   * Whether the answer leaves out the days before the ring's first record. If so, the summary names these days only if
   * there are no other days.
   */
  countsFromFirst?(input: z.output<Input>): boolean;
  dayFields?: readonly DayField[];
  /**
   * The timestamps that determine the answer's fields `utc_offset` and `utc_offset_changes`. Without this method,
   * `utc_offset` is the offset of the newest record, and there is no field `utc_offset_changes`.
   */
  offsets?(asked: Question<z.output<Input>, Ranges, DataOf<Reads>>): readonly Stamp[];
  answer(
    asked: Question<z.output<Input>, Ranges, DataOf<Reads>, RouteWithin<Scope | PartScope>> &
      DrawingOf[`${HasPicture}`],
  ): Body<Shape> | Promise<Body<Shape>>;
}

/**
 * Fields that a tool writes and the code in src/question completes: it adds the reasons for missing values to
 * `summary`, and its own sentences to `notes`.
 */
type SharedField = "summary" | "notes";

/**
 * Fields that a tool never writes, because the code in src/question writes them. Every answer has `missing`. The tool's
 * `dayFields` lists the fields about days that its answer has. If the tool has the method `offsets`, the answer can
 * also have `utc_offset_changes`.
 */
type OwnField = DayField | "missing" | "utc_offset_changes";

/** Fields of an answer that the code in src/question declares. A tool must not declare them in its `output`. */
export type FrameField = SharedField | OwnField;

/**
 * `start_date` and `end_date` are the first and the last day of the answer's first range. `today` is the current day
 * where the wearer is.
 */
export type DayField = "start_date" | "end_date" | "today" | "utc_offset";

export type Body<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & {
  summary: string;
  /**
   * In the answer, notes on how arguments and days were interpreted come before the tool's own notes. Notes on partly
   * worn days, unfinished sleep records, failed requests to Oura and the time zone come after them.
   */
  notes?: readonly string[];
} & { [Field in OwnField]?: never };

/** `at` is a timestamp of the record that contains a UTC offset. Null if the record has no such timestamp. */
export interface Stamp {
  day: IsoDay;
  at: string | null;
}

/**
 * What a tool gets to compute its answer: the checked question and the data that was read for it. `Route` names the
 * routes of Oura's API that the tool may read.
 */
export interface Question<
  Input,
  Ranges extends readonly DayRange[],
  Data,
  Route extends OuraRouteName = OuraRouteName,
> {
  input: Input;
  /** In epoch ms. */
  now: number;
  today: IsoDay;
  ranges: Ranges;
  range: RangeOf<Ranges>;
  data: Data;
  gaps: Gaps;
  /** For example "+02:00". `offsetMinutes` is the same offset in minutes. */
  utcOffset: string;
  offsetMinutes: number;
  /** The URL of the account page. */
  panelUrl: string;
  /**
   * Reads more data. A tool calls this when the data of the first requests shows that the tool needs more. If such a
   * request fails, the answer reports it in the same way as a failure of the first requests.
   */
  readMore: <More>(more: Declared<More, Route>) => Promise<More>;
  /**
   * What the account's rings cannot measure. A tool calls this method when it finds no readings of a sensor. It need
   * not call it for values that belong to a day, because the code in src/question checks them.
   */
  findRingLimit(): Promise<RingLimit>;
}

export interface Drawing {
  /**
   * Passes picture data to the view (an MCP Apps page) that the host shows beside the answer. Absent when the host
   * shows no views.
   */
  draw?: ((picture: Picture) => void) | undefined;
}

interface DrawingOf {
  true: Drawing;
  false: object;
}

/** The type of the result does not have the type parameters of the definition, so that all tools have one type. */
export function defineTool<
  const Name extends string,
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  const Ranges extends readonly DayRange[],
  Scope extends ScopeName,
  Reads extends Declarations<RouteWithin<Scope | PartScope>>,
  PartScope extends ScopeName = never,
  HasPicture extends boolean = false,
>(definition: Definition<Name, Input, Shape, Ranges, Scope, PartScope, Reads, HasPicture>): OuraTool<Name> {
  const { name, title, description, input, hasPicture, dayFields = [], offsets } = definition;
  const partScopes: OuraTool["partScopes"] = definition.partScopes ?? {};
  const scopes: readonly ScopeName[] = definition.scopes;
  const output = z.object({
    summary: z.string(),
    ...Object.fromEntries(dayFields.map((field) => [field, z.string()])),
    ...(offsets ? { utc_offset_changes: offsetChanges.optional() } : {}),
    ...definition.output,
    missing: z.array(missingEntry),
    // Tools that are not about days seldom have notes, so `notes` is optional in their answers.
    notes: definition.days ? z.array(z.string()) : z.array(z.string()).optional(),
  });
  return {
    asks: "oura",
    name,
    title,
    description,
    input,
    output,
    scopes: scopeNames.filter((scope) => scopes.includes(scope) || scope in partScopes),
    partScopes,
    ...(hasPicture ? { hasPicture } : {}),
    ask(given) {
      const parsed = parseInput(input, given);
      return { ...parsed, answer: (context) => answer(definition, parsed, context) };
    },
  };
}

async function answer<
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  Ranges extends readonly DayRange[],
  Scope extends ScopeName,
  PartScope extends ScopeName,
  Reads extends Declarations<RouteWithin<Scope | PartScope>>,
  HasPicture extends boolean,
>(
  definition: Definition<string, Input, Shape, Ranges, Scope, PartScope, Reads, HasPicture>,
  { input, readAs }: ParsedInput<z.output<Input>>,
  context: ToolContext,
) {
  const { days } = definition;
  const { timezone } = zoneOf.parse(input);
  const opened = await openQuestion(
    {
      resolve: days ? (calendar) => days(input, calendar) : null,
      reads: definition.reads(input),
      arrivesWithSync: definition.arrivesWithSync,
      timezone,
      countsMissingDays: definition.countsMissingDays ?? false,
      namesDays: definition.namesMissing !== undefined,
      countsFromFirst: definition.countsFromFirst?.(input) ?? false,
    },
    context,
  );
  const { ranges, gaps, dayNotes, zoneNote, lossNotes, recordNotes, allBefore } = opened;
  const [range = null] = ranges;
  const question = {
    ...opened,
    input,
    now: context.now,
    range: range as RangeOf<Ranges>, // RangeOf is the type of the first range
    offsetMinutes: context.clock.offsetMinutes ?? 0,
    panelUrl: context.panelUrl,
    draw: context.draw,
  };
  const { summary, notes: own = [], ...body } = await definition.answer(question);
  const framed = [...recordNotes, ...lossNotes(), zoneNote].filter((note) => note !== null);
  const notes = [...readAs, ...dayNotes, ...own, ...framed];
  const { missing, named } = gaps.finish(context.reader.oddRecords());
  return {
    ...body,
    summary: addMissing(summary, {
      named,
      most: definition.namesMissing?.(range === null ? 1 : countDays(range)) ?? mostNamed,
      allBefore,
    }),
    ...selectDayFields(definition.dayFields ?? [], range, question),
    ...(definition.offsets ? describeOffsets(definition.offsets(question), question.utcOffset) : {}),
    missing,
    ...(days || notes.length > 0 ? { notes } : {}),
  };
}

/** An answer that does not show the values of single days names at most this many missing values in its summary. */
const mostNamed = 3;

type RangeOf<Ranges> = Ranges extends readonly [infer First, ...unknown[]] ? First : null;

const zoneOf = z.object({ timezone: z.string().optional() });

type ZoneShape = Readonly<Record<string, z.core.$ZodType>> & { timezone?: z.ZodType<string | undefined> };

const offsetChanges = z.array(z.object({ from_day: z.string(), utc_offset: z.string() }));

function selectDayFields(
  fields: readonly DayField[],
  range: DayRange | null,
  { today, utcOffset }: { today: IsoDay; utcOffset: string },
): { [Field in DayField]?: string } {
  const values = { start_date: range?.start, end_date: range?.end, today, utc_offset: utcOffset };
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/**
 * `utc_offset` is the UTC offset of the first record, and `utc_offset_changes` lists the days from which another offset
 * applies. If no record shows an offset, `utc_offset` is the argument `utcOffset`.
 */
function describeOffsets(stamps: readonly Stamp[], utcOffset: string) {
  const changes: { from_day: IsoDay; utc_offset: string }[] = [];
  for (const { day, at } of stamps) {
    const offset = parseOffset(at ?? "");
    const utc_offset = offset === null ? null : formatOffset(offset);
    if (utc_offset !== null && utc_offset !== changes.at(-1)?.utc_offset) changes.push({ from_day: day, utc_offset });
  }
  const [first, ...later] = changes;
  return {
    utc_offset: first?.utc_offset ?? utcOffset,
    ...(later.length > 0 ? { utc_offset_changes: later } : {}),
  };
}

export function defineAccountTool<const Name extends string, Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Omit<AccountTool<Name>, "asks" | "ask" | "input" | "output" | "scopes" | "partScopes"> & {
    input: Input;
    output: Output;
    answer(input: z.output<Input>, context: AccountContext): z.output<Output> & { summary: string };
  },
): AccountTool<Name> {
  const { answer: answerAccount, ...face } = definition;
  return {
    ...face,
    asks: "account",
    scopes: [],
    partScopes: {},
    ask(given) {
      const { input, readAs } = parseInput(face.input, given);
      return { input, readAs, answer: async (context) => answerAccount(input, context) };
    },
  };
}

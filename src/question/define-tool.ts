import * as z from "zod";
import { type DayRange, formatOffset, type IsoDay, parseOffset } from "../analytics/day.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import { joinSentences } from "../words/present.ts";
import { type Gaps, missingEntry } from "./gaps.ts";
import { openQuestion } from "./open-question.ts";
import { type ParsedInput, parseInput } from "./parse-input.ts";
import type { Calendar } from "./range-input.ts";
import type { DataOf, Declarations, Declared } from "./reads.ts";
import type { RingLimit } from "./ring-limits.ts";
import type { AccountContext, AccountTool, OuraTool, ToolContext } from "./tool.ts";

/**
 * A tool that reads Oura: what it reads and what it answers, as one value. The frame (this folder) settles the days,
 * checks permissions, finds gaps and adds the zone note; a tool only computes its answer from the data.
 */
export interface Definition<
  Name extends string,
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  Ranges extends readonly DayRange[],
  Reads extends Declarations,
> {
  name: Name;
  title: string;
  description: string;
  input: Input;
  /** The fields of its answer, without those of {@link FrameField}. */
  output: Shape & { [Field in FrameField]?: never };
  scopes: readonly ScopeName[];
  /** Whether it can pass picture data to a host that shows views. */
  hasPicture?: boolean;
  /**
   * The ranges the answer covers; the first is its `range`. Called a second time when the wearer's today is known. Null
   * for a tool that is not about days.
   */
  days: ((input: z.output<Input>, calendar: Calendar) => Ranges) | null;
  /** Set for a tool that is not about days and yet says local times, so that the wearer's zone is determined. */
  saysTimes?: boolean;
  /** What it reads, keyed by the names of `data`. */
  reads(input: z.output<Input>): Reads;
  /**
   * What to call data that may arrive with the next sync. For events: a day without one is not a gap, but a day that
   * has not synced is.
   */
  arrivesWithSync?: string;
  /** Set for a tool about long ranges: `missing` counts the days of a gap instead of listing many. */
  countsMissingDays?: boolean;
  /** The day fields of the answer, in this order. */
  dayFields?: readonly DayField[];
  /**
   * The records from which `utc_offset` and its changes are read; without it `utc_offset` is that of the newest record.
   */
  offsets?(asked: Question<z.output<Input>, Ranges, DataOf<Reads>>): readonly Stamp[];
  answer(asked: Question<z.output<Input>, Ranges, DataOf<Reads>>): Body<Shape> | Promise<Body<Shape>>;
}

/** The fields that a tool writes and the frame puts into the answer: `summary` always, `notes` with the frame's own. */
type SharedField = "summary" | "notes";

/**
 * The fields that the frame writes and a tool cannot, by type: `missing` in every answer, a day field where the tool
 * lists it in `dayFields`, and `utc_offset_changes` where it has `offsets`.
 */
type OwnField = DayField | "missing" | "utc_offset_changes";

/** The fields of an answer that a tool does not declare in its `output`. */
export type FrameField = SharedField | OwnField;

/** The first and last day of the first range, today for the wearer, and the wearer's UTC offset. */
export type DayField = "start_date" | "end_date" | "today" | "utc_offset";

export type Body<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & {
  summary: string;
  /**
   * The frame puts how the arguments were read and the notes on wear and unfinished nights before these, and those on
   * records in two forms, on failed support reads and on the wearer's zone after them.
   */
  notes?: readonly string[];
} & { [Field in OwnField]?: never };

/** A record's day and its timestamp, which carries a UTC offset. */
export interface Stamp {
  day: IsoDay;
  at: string | null;
}

/** A checked question with its data, from which a tool computes its answer. */
export interface Question<Input, Ranges extends readonly DayRange[], Data> {
  input: Input;
  /** Epoch ms. */
  now: number;
  today: IsoDay;
  ranges: Ranges;
  range: RangeOf<Ranges>;
  data: Data;
  gaps: Gaps;
  /** The wearer's UTC offset, as "+02:00" here and in minutes below. */
  utcOffset: string;
  offsetMinutes: number;
  /** The URL of the person's panel. */
  panelUrl: string;
  /** Reads more, depending on the data read first. A failure is reported like that of any other read. */
  readMore<More>(more: Declared<More>): Promise<More>;
  /** What the ring cannot measure, for data that only the tool can find empty. */
  findRingLimit(): Promise<RingLimit>;
  /** Passes picture data to the view; absent when the host shows no view. */
  draw?: ((picture: Picture) => void) | undefined;
}

/** Makes a tool that reads Oura. The result hides the definition's type parameters, so that all tools have one type. */
export function defineTool<
  const Name extends string,
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  const Ranges extends readonly DayRange[],
  Reads extends Declarations,
>(definition: Definition<Name, Input, Shape, Ranges, Reads>): OuraTool<Name> {
  const { name, title, description, input, scopes, hasPicture, dayFields = [], offsets } = definition;
  const output = z.object({
    summary: z.string(),
    ...Object.fromEntries(dayFields.map((field) => [field, z.string()])),
    ...(offsets ? { utc_offset_changes: offsetChanges.optional() } : {}),
    ...definition.output,
    missing: z.array(missingEntry),
    // A tool that is not about days seldom has a note.
    notes: definition.days ? z.array(z.string()) : z.array(z.string()).optional(),
  });
  return {
    asks: "oura",
    name,
    title,
    description,
    input,
    output,
    scopes,
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
  Reads extends Declarations,
>(
  definition: Definition<string, Input, Shape, Ranges, Reads>,
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
      saysTimes: definition.saysTimes ?? days !== null,
      timezone,
      countsMissingDays: definition.countsMissingDays ?? false,
    },
    context,
  );
  const { ranges, gaps, dayNotes, zoneNote, lossNotes, recordNotes, allBefore } = opened;
  const [range = null] = ranges;
  const question = {
    ...opened,
    input,
    now: context.now,
    range: range as RangeOf<Ranges>, // the first, as its type says
    offsetMinutes: context.clock.offsetMinutes ?? 0,
    panelUrl: context.panelUrl,
    draw: context.draw,
  };
  const { summary, notes: own = [], ...body } = await definition.answer(question);
  const framed = [...recordNotes, ...lossNotes(), zoneNote].filter((note) => note !== null);
  const notes = [...readAs, ...dayNotes, ...own, ...framed];
  return {
    ...body,
    summary: sayBefore(summary, allBefore),
    ...selectDayFields(definition.dayFields ?? [], range, question),
    ...(definition.offsets ? describeOffsets(definition.offsets(question), question.utcOffset) : {}),
    missing: gaps.finish(context.reader.oddRecords()),
    ...(days || notes.length > 0 ? { notes } : {}),
  };
}

/** Adds to the summary why no day of the question has data, unless it says so already. */
function sayBefore(summary: string, because: string | null): string {
  if (because === null || summary.includes(because)) return summary;
  return joinSentences(summary, `There is no data of these days: ${because}.`);
}

type RangeOf<Ranges> = Ranges extends readonly [infer First, ...unknown[]] ? First : null;

const zoneOf = z.object({ timezone: z.string().optional() });

/** Each day from which another UTC offset applies. */
const offsetChanges = z.array(z.object({ from_day: z.string(), utc_offset: z.string() }));

function selectDayFields(
  fields: readonly DayField[],
  range: DayRange | null,
  { today, utcOffset }: { today: IsoDay; utcOffset: string },
): { [Field in DayField]?: string } {
  const values = { start_date: range?.start, end_date: range?.end, today, utc_offset: utcOffset };
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}

/** The offset of the first record, and the days on which it changes. */
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

/** Makes a tool that answers from the account alone. */
export function defineAccountTool<const Name extends string, Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Omit<AccountTool<Name>, "asks" | "ask" | "input" | "output"> & {
    input: Input;
    output: Output;
    answer(input: z.output<Input>, context: AccountContext): z.output<Output> & { summary: string };
  },
): AccountTool<Name> {
  const { answer: answerAccount, ...face } = definition;
  return {
    ...face,
    asks: "account",
    ask(given) {
      const { input, readAs } = parseInput(face.input, given);
      return { input, readAs, answer: async (context) => answerAccount(input, context) };
    },
  };
}

import * as z from "zod";
import { type DayRange, formatOffset, type IsoDay, parseOffset } from "../analytics/day.ts";
import type { ScopeName } from "../oura/scopes.ts";
import type { Picture } from "../words/pictures.ts";
import { type Gaps, missingEntry } from "./gaps.ts";
import { openQuestion } from "./open-question.ts";
import { type Calendar, parseInput } from "./range-input.ts";
import type { DataOf, Declarations, Declared } from "./reads.ts";
import type { RingLimit } from "./ring-limits.ts";
import type { AccountContext, AccountTool, OuraTool, ToolContext } from "./tool.ts";

/**
 * A tool that reads Oura: what it reads and what it answers, as one value. The days, permissions, gaps and the zone are
 * the frame's: a tool answers from what it is given.
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
  /** The fields of its answer, beside those of {@link FrameFields}. */
  output: Shape & { [Field in FrameField]?: never };
  scopes: readonly ScopeName[];
  /** Whether it offers a picture to hosts that draw. */
  hasPicture?: boolean;
  /**
   * The ranges the answer covers; the first is its `range`. Called again once the wearer's today is known. Null for what
   * is not about days: such an answer has no notes.
   */
  days: ((input: z.output<Input>, calendar: Calendar) => Ranges) | null;
  /** What it reads, by the names it uses for the data. */
  reads(input: z.output<Input>): Reads;
  /** The name of what may still come with a sync, for what does not happen every day and so is no gap by itself. */
  mayFollow?: string;
  /** What the answer tells of its days, in this order. */
  tells?: readonly DayField[];
  /** The records whose own offsets it tells in turn; without it `utc_offset` is that of the newest record. */
  offsets?(asked: Question<z.output<Input>, Ranges, DataOf<Reads>>): readonly Stamp[];
  answer(asked: Question<z.output<Input>, Ranges, DataOf<Reads>>): Body<Shape> | Promise<Body<Shape>>;
}

/** What the frame adds to every answer; a tool can neither leave it out nor write it. */
export type FrameField = DayField | "missing" | "notes" | "summary" | "utc_offset_changes";

/** Of the first range, of today where the wearer is, and of the wearer's clock. */
export type DayField = "start_date" | "end_date" | "today" | "utc_offset";

export type Body<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & {
  summary: string;
  /** The note on the wearer's zone and those on failed support reads follow these. */
  notes?: readonly string[];
} & { [Field in Exclude<FrameField, "summary" | "notes">]?: never };

/** A record's own timestamp, with its offset, on its day. */
export interface Stamp {
  day: IsoDay;
  at: string | null;
}

/** A question whose data are there: what a tool answers from. */
export interface Question<Input, Ranges extends readonly DayRange[], Data> {
  input: Input;
  /** Epoch ms. */
  now: number;
  today: IsoDay;
  ranges: Ranges;
  range: RangeOf<Ranges>;
  data: Data;
  gaps: Gaps;
  /** The wearer's offset as "+02:00" and as last seen in minutes. */
  utcOffset: string;
  offsetMinutes: number;
  /** Where the person manages all this. */
  panelUrl: string;
  /** Reads what only the first answers made known; what is lost is told like any other loss. */
  readMore<More>(more: Declared<More>): Promise<More>;
  /** What the ring rules out, for what only the tool knows to be empty. */
  findRingLimit(): Promise<RingLimit>;
  /** Takes what a view draws; absent where nothing is drawn. */
  draw?: ((picture: Picture) => void) | undefined;
}

/** Makes a tool that reads Oura. Its own types stay inside: outside, all tools are alike. */
export function defineTool<
  const Name extends string,
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  const Ranges extends readonly DayRange[],
  Reads extends Declarations,
>(definition: Definition<Name, Input, Shape, Ranges, Reads>): OuraTool<Name> {
  const { name, title, description, input, scopes, hasPicture, tells = [], offsets } = definition;
  const output = z.object({
    summary: z.string(),
    ...Object.fromEntries(tells.map((field) => [field, z.string()])),
    ...(offsets ? { utc_offset_changes: offsetChanges.optional() } : {}),
    ...definition.output,
    missing: z.array(missingEntry),
    ...(definition.days ? { notes: z.array(z.string()) } : {}),
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
      return { input: parsed, answer: (context) => answer(definition, parsed, context) };
    },
  };
}

async function answer<
  Input extends z.ZodObject,
  Shape extends z.ZodRawShape,
  Ranges extends readonly DayRange[],
  Reads extends Declarations,
>(definition: Definition<string, Input, Shape, Ranges, Reads>, input: z.output<Input>, context: ToolContext) {
  const { days } = definition;
  const { timezone } = zoneOf.parse(input);
  const opened = await openQuestion(
    {
      resolve: days ? (calendar) => days(input, calendar) : null,
      reads: definition.reads(input),
      mayFollow: definition.mayFollow,
      timezone,
    },
    context,
  );
  const { ranges, gaps, zoneNote, lossNotes } = opened;
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
  const notes = [...own, ...lossNotes(), ...(zoneNote === null ? [] : [zoneNote])];
  return {
    ...body,
    summary,
    ...tellDays(definition.tells ?? [], range, question),
    ...(definition.offsets ? tellOffsets(definition.offsets(question), question.utcOffset) : {}),
    missing: gaps.finish(context.reader.oddRecords()),
    ...(days ? { notes } : {}),
  };
}

type RangeOf<Ranges> = Ranges extends readonly [infer First, ...unknown[]] ? First : null;

const zoneOf = z.object({ timezone: z.string().optional() });

/** Days from which another offset holds. */
const offsetChanges = z.array(z.object({ from_day: z.string(), utc_offset: z.string() }));

function tellDays(
  fields: readonly DayField[],
  range: DayRange | null,
  { today, utcOffset }: { today: IsoDay; utcOffset: string },
): { [Field in DayField]?: string } {
  const told = { start_date: range?.start, end_date: range?.end, today, utc_offset: utcOffset };
  return Object.fromEntries(fields.map((field) => [field, told[field]]));
}

/** The offset of the first record, and where it changes on the way. */
function tellOffsets(stamps: readonly Stamp[], utcOffset: string) {
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

/** Makes a tool that tells of the account. */
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
      const input = parseInput(face.input, given);
      return { input, answer: async (context) => answerAccount(input, context) };
    },
  };
}

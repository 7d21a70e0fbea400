import * as z from "zod";
import {
  addDays,
  countDays,
  type DayRange,
  dayAtOffset,
  dayInZone,
  type IsoDay,
  parseIsoDay,
} from "../analytics/day.ts";
import { AppError } from "../errors.ts";

/** A day in tool input: a date, or a word that is resolved on the wearer's calendar, which an assistant cannot know. */
const day = z.string().refine((text) => /^(\d{4}-\d{2}-\d{2}|today|yesterday)$/.test(text), {
  // A refinement keeps the pattern out of the published schema, where it would appear twice in every tool.
  error: "must be a date written YYYY-MM-DD (for example 2026-11-03), or today or yesterday.",
});

export const rangeParams = {
  start_date: day.optional().describe("YYYY-MM-DD, today or yesterday. Default: end_date, else today."),
  end_date: day.optional().describe("Included. Default: start_date, so one day."),
  // A refinement keeps the limit out of the published schema of every tool. No real zone is that long.
  timezone: z
    .string()
    .refine((text) => text.length <= 64, { error: "must be an IANA zone such as America/New_York." })
    .optional()
    .describe("IANA zone. Default: the ring's."),
};

export interface RangeInput {
  start_date?: string | undefined;
  end_date?: string | undefined;
  timezone?: string | undefined;
}

/**
 * Today for the wearer: in the zone of the input, else at the offset of their newest record, else in UTC.
 * @param now epoch ms
 */
export function resolveToday(input: RangeInput, now: number, offsetMinutes: number | null): IsoDay {
  if (input.timezone === undefined) return dayAtOffset(now, offsetMinutes ?? 0);
  const today = dayInZone(now, input.timezone);
  if (today === null) {
    throw badInput(`timezone: "${input.timezone.slice(0, 40)}" is not an IANA zone; write one like America/New_York.`);
  }
  return today;
}

/** How many days a tool accepts. */
export interface RangeLimits {
  maximumDays: number;
  /** The number of days when the input names only the end, or nothing. Default 1. */
  defaultDays?: number;
}

/**
 * The requested range. Throws `bad_input` unless its days exist, are in order, are not in the future and are at most
 * `maximumDays`.
 * @param latest the last day that is not in the future; later than `today` while the wearer's zone is unknown
 */
export function resolveRange(input: RangeInput, today: IsoDay, limits: RangeLimits, latest = today): DayRange {
  const { maximumDays, defaultDays = 1 } = limits;
  const named = input.start_date === undefined ? null : readDay("start_date", input.start_date, today);
  const end =
    input.end_date === undefined && named !== null && defaultDays === 1
      ? named
      : readDay("end_date", input.end_date ?? "today", today);
  const start = named ?? addDays(end, 1 - defaultDays);
  if (start > end) throw badInput(`start_date: ${start} is after end_date ${end}; swap them.`);
  for (const [field, value] of [
    ["start_date", start],
    ["end_date", end],
  ] as const) {
    if (value > latest) throw badInput(`${field}: ${value} is in the future; the wearer's today is ${today}.`);
  }
  if (start < earliestDay)
    throw badInput(`start_date: ${start} is before the first Ōura Ring; use ${earliestDay} or later.`);
  const days = countDays({ start, end });
  if (days > maximumDays) {
    throw badInput(
      `start_date: ${start} to ${end} is ${days} days and this tool answers at most ${maximumDays}; ` +
        `start at ${addDays(end, 1 - maximumDays)} or ask in parts.`,
    );
  }
  return { start, end };
}

/** The days that a question's ranges are relative to. */
export interface Calendar {
  /** The wearer's today, as far as their offset is known. */
  today: IsoDay;
  /** The last day that is not in the future; later than `today` while the wearer's zone is unknown. */
  latest: IsoDay;
}

/** The ranges of a question about one range, from `start_date` to `end_date`. */
export function oneRange(input: RangeInput, { today, latest }: Calendar, limits: RangeLimits): [DayRange] {
  return [resolveRange(input, today, limits, latest)];
}

/** The first ring was sold in 2015, so an earlier day is a typing mistake. */
const earliestDay = "2015-01-01" as IsoDay; // a literal in the right form

function readDay(field: string, text: string, today: IsoDay): IsoDay {
  if (text === "today") return today;
  if (text === "yesterday") return addDays(today, -1);
  const parsed = parseIsoDay(text);
  if (parsed === null) throw badInput(`${field}: ${text} is not a day of the calendar.`);
  return parsed;
}

export function badInput(...problems: string[]): AppError {
  return new AppError({ kind: "bad_input", problems });
}

/** Parses a tool's arguments. Throws `bad_input` with problems that name the field and what to write instead. */
export function parseInput<Schema extends z.ZodObject>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const known = Object.keys(schema.shape);
  const takes = known.length > 0 ? `this tool takes ${known.join(", ")}` : "this tool takes no arguments";
  throw badInput(
    ...parsed.error.issues
      .slice(0, 5)
      .map((issue) =>
        issue.code === "unrecognized_keys"
          ? `Unknown argument ${issue.keys.map((key) => `"${key.slice(0, 40)}"`).join(", ")}; ${takes}.`
          : `${issue.path.join(".") || "arguments"}: ${issue.message.replace(/\.?$/, ".")}`,
      ),
  );
}

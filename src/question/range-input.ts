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

/** A day as people and assistants write it. Words are resolved on the wearer's calendar, which an assistant cannot know. */
const day = z.string().refine((text) => /^(\d{4}-\d{2}-\d{2}|today|yesterday)$/.test(text), {
  // Checked here and told in words: the pattern would stand twice in the schema of every tool.
  error: "must be a date written YYYY-MM-DD (for example 2026-11-03), or today or yesterday.",
});

export const rangeParams = {
  start_date: day.optional().describe("YYYY-MM-DD, today or yesterday. Default: end_date, else today."),
  end_date: day.optional().describe("Included. Default: start_date, so one day."),
  // Its length is checked here and not told: no zone comes near it, and every tool would say so.
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
 * Today for the wearer: in the zone they name, else at the offset of their newest record, else in UTC.
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

/** How many days a tool answers. */
export interface RangeLimits {
  maximumDays: number;
  /** How many days are meant when only the end, or nothing, is named. 1 unless said otherwise. */
  defaultDays?: number;
}

/**
 * The days asked for, checked: real, in order, not in the future, at most `maximumDays`.
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

/** What the days of a question are counted from. */
export interface Calendar {
  /** The wearer's today, as far as it is known. */
  today: IsoDay;
  /** The last day that is not in the future; later than `today` while the wearer's zone is unknown. */
  latest: IsoDay;
}

/** The days of a question about one range from `start_date` to `end_date`. */
export function oneRange(input: RangeInput, { today, latest }: Calendar, limits: RangeLimits): [DayRange] {
  return [resolveRange(input, today, limits, latest)];
}

/** The first ring reached people in 2015; anything earlier is a slip of the pen. */
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

/** Parses a tool's arguments; every problem names its field and what to write instead. */
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

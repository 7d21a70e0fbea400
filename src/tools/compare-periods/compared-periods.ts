import { addDays, countDays, type DayRange } from "../../analytics/day.ts";
import { badInput } from "../../question/parse-input.ts";
import { type Calendar, resolveRange } from "../../question/range-input.ts";
import { spanOf } from "../../question/wearer-days.ts";

/** Half a year per side. Everything from the first to the last day is read, which must fit in one call. */
const mostDaysASide = 184;
const mostDaysTogether = 400;

export interface PeriodsInput {
  last_days?: number | undefined;
  start_date?: string | undefined;
  end_date?: string | undefined;
  compare_start_date?: string | undefined;
  compare_end_date?: string | undefined;
}

/** The period in question (`after`) and the one it is compared with (`before`), which is earlier by default. */
export interface Periods {
  after: DayRange;
  before: DayRange;
}

/** Four whole weeks, so that both sides have every weekday equally often. */
const defaultDays = 28;

/** The two requested periods. By default the second is the same number of days immediately before the first. */
export function resolvePeriods(input: PeriodsInput, calendar: Calendar): Periods {
  if (input.last_days !== undefined && input.start_date !== undefined)
    throw badInput("last_days: leave it out where start_date is given; both say how long the period is.");
  const limits = { maximumDays: mostDaysASide, defaultDays: input.last_days ?? defaultDays };
  const after = resolveRange(input, calendar, limits);
  const before = resolveOther(input, after, calendar);
  if (before.start <= after.end && after.start <= before.end)
    throw badInput(
      `compare_start_date: ${before.start} to ${before.end} overlaps ${after.start} to ${after.end}; ` +
        "the two periods may share no day.",
    );
  const { start, end } = spanOf([after, before]);
  if (countDays({ start, end }) > mostDaysTogether)
    throw badInput(
      `compare_start_date: from ${start} to ${end} is more than ${mostDaysTogether} days; choose periods nearer together.`,
    );
  return { after, before };
}

function resolveOther(input: PeriodsInput, after: DayRange, calendar: Calendar): DayRange {
  const { compare_start_date: start_date, compare_end_date: end_date } = input;
  if (start_date === undefined && end_date === undefined)
    return { start: addDays(after.start, -countDays(after)), end: addDays(after.start, -1) };
  if (start_date === undefined || end_date === undefined)
    throw badInput("compare_start_date, compare_end_date: name both days of the other period, or neither.");
  return resolveRange({ start_date, end_date }, calendar, {
    maximumDays: mostDaysASide,
    fields: { start: "compare_start_date", end: "compare_end_date" },
  });
}

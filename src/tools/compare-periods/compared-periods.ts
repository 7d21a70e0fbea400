import { addDays, countDays, type DayRange, type IsoDay } from "../../analytics/day.ts";
import { badInput, type Calendar, resolveRange } from "../../question/range-input.ts";
import { spanOf } from "../../question/wearer-days.ts";

/** Half a year a side; and what is read in between has to fit one call. */
const mostDaysASide = 184;
const mostDaysTogether = 400;

export interface PeriodsInput {
  last_days?: number | undefined;
  start_date?: string | undefined;
  end_date?: string | undefined;
  compare_start_date?: string | undefined;
  compare_end_date?: string | undefined;
}

/** The period in question and the one it is held against, which is the earlier one unless somebody asks otherwise. */
export interface Periods {
  after: DayRange;
  before: DayRange;
}

/** Four whole weeks: both sides hold every weekday equally often. */
const defaultDays = 28;

/** The two periods asked for: the one against as many days right before it, unless the other is named. */
export function resolvePeriods(input: PeriodsInput, { today, latest }: Calendar): Periods {
  if (input.last_days !== undefined && input.start_date !== undefined)
    throw badInput("last_days: leave it out where start_date is given; both say how long the period is.");
  const limits = { maximumDays: mostDaysASide, defaultDays: input.last_days ?? defaultDays };
  const after = resolveRange(input, today, limits, latest);
  const before = resolveOther(input, after, today, latest);
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

function resolveOther(input: PeriodsInput, after: DayRange, today: IsoDay, latest: IsoDay): DayRange {
  const { compare_start_date: start_date, compare_end_date: end_date } = input;
  if (start_date === undefined && end_date === undefined)
    return { start: addDays(after.start, -countDays(after)), end: addDays(after.start, -1) };
  if (start_date === undefined || end_date === undefined)
    throw badInput("compare_start_date, compare_end_date: name both days of the other period, or neither.");
  return resolveRange({ start_date, end_date }, today, { maximumDays: mostDaysASide }, latest);
}

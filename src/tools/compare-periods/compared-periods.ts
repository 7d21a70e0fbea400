import { addDays, countDays, type DayRange, type IsoDay } from "../../analytics/day.ts";
import type { Metric } from "../../oura/metrics.ts";
import { lastWholeDay } from "../../question/comparison-history.ts";
import { badInput } from "../../question/parse-input.ts";
import { type Calendar, resolveRange } from "../../question/range-input.ts";
import { spanOf } from "../../question/wearer-days.ts";

/**
 * A period has at most this many days, about half a year. All days from the start of the earlier period to the end of
 * the later period are read in one call, so `mostDaysTogether` limits the number of all these days too.
 */
const mostDaysASide = 184;
const mostDaysTogether = 400;

/**
 * What a period is compared with when the caller gives no dates for a second period: `previous` means as many days
 * right before the period, and `month` means the 28 days before the period.
 */
export const partners = ["previous", "month"] as const;

export interface PeriodsInput {
  last_days?: number | undefined;
  start_date?: string | undefined;
  end_date?: string | undefined;
  compare_start_date?: string | undefined;
  compare_end_date?: string | undefined;
  compare_with?: (typeof partners)[number] | undefined;
}

/**
 * `after` is the period that the question is about, and `before` is the period with which it is compared. By default
 * `before` is earlier than `after`.
 */
export interface Periods {
  after: DayRange;
  before: DayRange;
}

/** Four whole weeks, so that every weekday occurs equally often in both periods. */
const defaultDays = 28;

/**
 * A period of fewer days than this is compared with the 28 days before it, because a comparison with an equally short
 * period would find fewer changes. For example, suppose that the values of one week have changed by 1.5 standard
 * deviations. A comparison with the 28 days before finds two thirds of such changes. A comparison with the 7 days
 * before finds only half of them.
 */
const shortPeriodDays = 14;

/** Without dates for the second period, that period ends on the day before the period of the question begins. */
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
  const { compare_start_date: start_date, compare_end_date: end_date, compare_with: partner } = input;
  if (start_date === undefined && end_date === undefined) {
    const days = countDays(after);
    const isShort = days < shortPeriodDays;
    const length = partner === "month" || (partner === undefined && isShort) ? defaultDays : days;
    return { start: addDays(after.start, -length), end: addDays(after.start, -1) };
  }
  if (partner !== undefined)
    throw badInput("compare_with: leave it out where compare_start_date is given; both name the other period.");
  if (start_date === undefined || end_date === undefined)
    throw badInput("compare_start_date, compare_end_date: name both days of the other period, or neither.");
  return resolveRange({ start_date, end_date }, calendar, {
    maximumDays: mostDaysASide,
    fields: { start: "compare_start_date", end: "compare_end_date" },
  });
}

/**
 * The two periods for one metric. Today's values of a metric that counts over the whole day, such as steps, are not
 * final. For such a metric, the "last 7 days" end yesterday, and a period with given dates that ends today is shortened
 * by one day.
 */
export function periodsOf(
  metric: Pick<Metric, "measured">,
  { after, before }: Periods,
  input: PeriodsInput,
  today: IsoDay,
): Periods {
  const whole = (range: DayRange): DayRange => {
    const end = lastWholeDay(metric, range.end, today);
    return end < range.start ? range : { start: range.start, end };
  };
  const isOver = lastWholeDay(metric, after.end, today) === after.end;
  if (isOver || input.start_date !== undefined) return { after: whole(after), before: whole(before) };
  const isNamed = input.compare_start_date !== undefined;
  return { after: dayEarlier(after), before: isNamed ? before : dayEarlier(before) };
}

function dayEarlier({ start, end }: DayRange): DayRange {
  return { start: addDays(start, -1), end: addDays(end, -1) };
}

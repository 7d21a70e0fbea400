import type { DayRange } from "../../analytics/day.ts";
import {
  describeChronotype,
  describeRegularity,
  describeShortfall,
  type Pattern,
  type PatternAnswer,
} from "./sleep-patterns.ts";
import type { StatisticsInput } from "./statistics-input.ts";
import type { StatisticsData } from "./statistics-reads.ts";
import { readNeed } from "./thresholds.ts";

export function answerPattern(pattern: Pattern, input: StatisticsInput, data: StatisticsData, range: DayRange) {
  const { summary, figures, notes } = describePattern(pattern, input, data, range);
  return { summary, figures, notes: [...notes, ...sayUnused(input)] };
}

function describePattern(
  pattern: Pattern,
  input: StatisticsInput,
  data: StatisticsData,
  range: DayRange,
): PatternAnswer {
  switch (pattern) {
    case "regularity":
      return describeRegularity({ sleep: data.phases ?? [], wear: data.wear }, range);
    case "chronotype":
    case "social_jet_lag":
      return describeChronotype(pattern, data.sleep ?? [], range);
    case "sleep_shortfall":
      return describeShortfall(
        data.sleep ?? [],
        range,
        input.need_hours === undefined ? null : readNeed(input.need_hours),
      );
  }
}

/**
 * Names the arguments that were ignored. In a question about a pattern of sleep, arguments about metrics, such as
 * `above`, are ignored.
 */
function sayUnused(input: StatisticsInput): string[] {
  const unused = (["metrics", "group_by", "above", "below", "streak", "top", "order", "include_today"] as const).filter(
    (field) => input[field] !== undefined,
  );
  return unused.length === 0 ? [] : [`Not used beside pattern: ${unused.join(", ")}. Ask again without pattern.`];
}

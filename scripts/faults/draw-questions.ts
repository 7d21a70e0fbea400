import { randomFor } from "../../sandbox/people/random.ts";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { type MetricId, metricIds, metrics, numericMetricIds } from "../../src/oura/metrics.ts";
import { sections } from "../../src/tools/daily-summary/sections.ts";
import { patternDays, patterns } from "../../src/tools/statistics/sleep-patterns.ts";
import type { FaultQuestion } from "./questions.ts";

/** Metrics that can be outcomes of influences: those of the night. */
const nightly = [
  "sleep_score",
  "readiness_score",
  "hrv",
  "total_sleep",
  "sleep_efficiency",
  "deep_sleep",
  "latency",
] as const;
/** A threshold that some days of every person are above. */
const thresholds = [
  ["steps", "8000"],
  ["total_sleep", "7:00"],
  ["bedtime", "23:30"],
] as const;
const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Tongatapu"] as const;
const eventRoutes = {
  workout: "workout",
  session: "session",
  tag: "enhanced_tag",
  rest_mode: "rest_mode_period",
} as const;
const eventKinds = ["workout", "session", "tag", "rest_mode"] as const;

/**
 * Random arguments for the same tools, from a seed: ranges, sections, metrics, kinds, lengths, zones. Days are in the
 * past, as in the fixed questions.
 */
export function drawQuestions(today: IsoDay, seed: number): FaultQuestion[] {
  const random = randomFor("questions", seed);
  const drawn: FaultQuestion[] = [];

  function add(tool: string, input: Record<string, unknown>, needs: readonly string[] = []): void {
    const zoned = tool !== "oura_get_device" && random.chance(0.3) ? { ...input, timezone: random.pick(zones) } : input;
    drawn.push({ name: `drawn ${drawn.length + 1} ${tool} ${JSON.stringify(zoned)}`, tool, input: zoned, needs });
  }
  function range(longest: number, shortest = 1): { start_date: IsoDay; end_date: IsoDay } {
    const end = addDays(today, -random.integer(2, 60));
    return { start_date: addDays(end, 1 - random.integer(shortest, longest)), end_date: end };
  }
  function some<T>(options: readonly T[], most: number): T[] {
    const keyed = options.map((option) => ({ option, key: random.uniform() }));
    return keyed
      .toSorted((left, right) => left.key - right.key)
      .slice(0, random.integer(1, most))
      .map(({ option }) => option);
  }
  /** If all metrics come from one route, the question needs that route. */
  function needsOf(names: readonly MetricId[]): string[] {
    const routes = [...new Set(names.map((name): string => metrics[name].route))];
    return routes.length === 1 ? routes : [];
  }

  for (let count = 0; count < 5; count += 1) {
    const chosen = some(sections, 3);
    const routes = [...new Set(chosen.flatMap(({ columns }) => columns.map(({ route }) => route)))];
    const names = chosen.map(({ name }) => name);
    add(
      "oura_get_daily_summary",
      { ...range(50), sections: names, include_baselines: random.chance(0.4) },
      routes.length === 1 ? routes : [],
    );
  }
  for (let count = 0; count < 3; count += 1) {
    const isShort = random.chance(0.5);
    add("oura_get_sleep_sessions", { ...range(isShort ? 7 : 60), include_time_series: isShort }, ["sleep"]);
  }
  for (let count = 0; count < 2; count += 1) {
    const resolution_minutes = random.pick([5, 15, 30, 60]);
    const summary_only = random.chance(0.3);
    add("oura_get_intraday", { ...range(random.pick([1, 3, 12])), resolution_minutes, summary_only }, ["heartrate"]);
    add("oura_get_intraday", { metric: "steps", ...range(2), resolution_minutes }, ["daily_activity"]);
  }
  for (let count = 0; count < 3; count += 1) {
    const counted = some(metricIds, 6);
    const group_by = random.pick(["none", "weekday", "weekend", "month", "quarter", "year"]);
    add("oura_get_statistics", { metrics: counted, ...range(400), group_by }, needsOf(counted));
    const chosen = some(numericMetricIds, 4);
    const window_days = random.integer(3, 60);
    const { start_date, end_date } = range(90, 10);
    add(
      "oura_get_trends",
      { metrics: chosen, window_days, end_date, ...(random.chance(0.5) ? { start_date } : {}) },
      needsOf(chosen),
    );
    const unusual = some(numericMetricIds, 3);
    add(
      "oura_detect_anomalies",
      { metrics: unusual, ...range(120), sensitivity: random.pick(["low", "medium", "high"]) },
      needsOf(unusual),
    );
    const compared = some(numericMetricIds, 3);
    const last_days = random.integer(7, 60);
    add(
      "oura_compare_periods",
      { metrics: compared, last_days, end_date: addDays(today, -random.integer(2, 20)) },
      needsOf(compared),
    );
  }
  for (const kind of eventKinds) add("oura_get_events", { ...range(90), kinds: [kind] }, [eventRoutes[kind]]);
  const kinds = some(eventKinds, 4);
  const [only] = kinds;
  add("oura_get_events", { ...range(60), kinds }, only && kinds.length === 1 ? [eventRoutes[only]] : []);
  for (const pattern of patterns) {
    const { most } = patternDays[pattern];
    add("oura_get_statistics", { pattern, ...range(most, Math.floor(most / 2)) }, ["sleep"]);
  }
  for (const [metric, above] of thresholds) {
    const ranked = { top: random.integer(1, 20), order: random.pick(["highest", "lowest"]) };
    const counted = { metrics: [metric], ...range(400), above, streak: random.chance(0.5) };
    add("oura_get_statistics", { ...counted, ...(random.chance(0.5) ? ranked : {}) }, needsOf([metric]));
  }
  const outcomes = some(nightly, 3);
  add("oura_find_influences", { outcomes, ...range(180, 60) }, needsOf(outcomes));
  add("oura_get_device", { include_profile: random.chance(0.5) }, ["ring_configuration"]);
  return drawn;
}

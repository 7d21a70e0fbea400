import { numericMetricIds } from "../../src/oura/metrics.ts";
import { tools } from "../../src/tools/index.ts";

export interface Question {
  what: string;
  tool: string;
  input: Record<string, unknown>;
}

const dayMilliseconds = 86_400_000;
const sixOutcomes = ["sleep_score", "readiness_score", "resting_heart_rate", "hrv", "total_sleep", "deep_sleep"];

/** The day `daysAgo` days before this one, in UTC: it can differ from the everyday person's day by a few hours. */
export function day(daysAgo: number, now: number): string {
  return new Date(now - daysAgo * dayMilliseconds).toISOString().slice(0, 10);
}

function lastDays(count: number, now: number): { start_date: string; end_date: string } {
  return { start_date: day(count - 1, now), end_date: day(0, now) };
}

export const noOp: Question = { what: "a tool that does nothing", tool: "oura_no_op", input: {} };

export function defaultQuestions(): Question[] {
  return tools.map(({ name }) => ({ what: "default", tool: name, input: {} }));
}

export function largestQuestions(now: number): Question[] {
  return tools.flatMap(({ name }) => (largest(now)[name] ?? []).map(([what, input]) => ({ what, tool: name, input })));
}

function largest(now: number): Record<string, [what: string, input: Record<string, unknown>][]> {
  return {
    oura_get_device: [["profile included", { include_profile: true }]],
    oura_get_daily_summary: [["92 days, baselines included", { ...lastDays(92, now), include_baselines: true }]],
    oura_get_sleep_sessions: [
      ["92 days", lastDays(92, now)],
      ["7 days, curves of each night included", { ...lastDays(7, now), include_time_series: true }],
    ],
    oura_get_intraday: [
      ["30 days of heart rate", lastDays(30, now)],
      ["1 day of heart rate in steps of 5 minutes", { ...lastDays(1, now), resolution_minutes: 5 }],
      ["2 days of steps", { metric: "steps", ...lastDays(2, now) }],
    ],
    oura_get_statistics: [
      ["six years of one metric, by month", { metrics: ["steps"], ...lastDays(2192, now), group_by: "month" }],
      [
        "six years of six metrics, by year",
        {
          metrics: ["hrv", "steps", "spo2", "sleep_score", "readiness_score", "stress_high"],
          ...lastDays(2192, now),
          group_by: "year",
        },
      ],
      ["regularity of sleep on 92 days", { pattern: "regularity", ...lastDays(92, now) }],
    ],
    oura_get_trends: [["a year, all metrics", { ...lastDays(366, now), window_days: 90, metrics: numericMetricIds }]],
    oura_get_events: [["a year", lastDays(366, now)]],
    oura_compare_periods: [
      ["184 days and the 184 days before, all metrics", { last_days: 184, metrics: numericMetricIds }],
    ],
    oura_find_influences: [["a year, six outcomes", { ...lastDays(366, now), outcomes: sixOutcomes }]],
    oura_detect_anomalies: [
      ["180 days, all metrics", { ...lastDays(180, now), sensitivity: "high", metrics: numericMetricIds }],
    ],
  };
}

/** Ten typical questions, in the order of a conversation. */
export function conversation(now: number): Question[] {
  const asked: [string, string, Record<string, unknown>][] = [
    ["How did I sleep last night?", "oura_get_daily_summary", {}],
    ["When was I awake, and how long was I in deep sleep?", "oura_get_sleep_sessions", {}],
    ["What did my heart do yesterday?", "oura_get_intraday", { start_date: day(1, now), end_date: day(1, now) }],
    ["Is my sleep getting better?", "oura_get_trends", {}],
    ["Was anything unusual this month?", "oura_detect_anomalies", {}],
    ["How many steps did I take this week?", "oura_get_daily_summary", { ...lastDays(7, now), sections: ["activity"] }],
    ["Did I nap this week?", "oura_get_sleep_sessions", lastDays(7, now)],
    ["Has my HRV recovered against last month?", "oura_get_trends", { metrics: ["hrv"], window_days: 14 }],
    ["How full is the ring's battery?", "oura_get_device", {}],
    ["What can you see of my data?", "oura_get_permissions", {}],
  ];
  return asked.map(([what, tool, input]) => ({ what, tool, input }));
}

import type { ToolName } from "../../src/tools/index.ts";

/** The tool call for each question in the README. */
export const readmeQuestions: Readonly<Record<string, readonly [ToolName, Record<string, unknown>?]>> = {
  "How did I sleep last night?": ["oura_get_sleep_sessions"],
  "Was last night usual for me?": ["oura_get_daily_summary", { include_baselines: true }],
  "What did my heart do yesterday?": ["oura_get_intraday", { start_date: "yesterday" }],
  "How many steps this week?": [
    "oura_get_daily_summary",
    { start_date: "2026-11-14", end_date: "today", sections: ["activity"] },
  ],
  "How many nights under six hours?": ["oura_get_statistics", { metrics: ["total_sleep"], below: "6", last_days: 90 }],
  "On which weekday do I walk least?": ["oura_get_statistics", { metrics: ["steps"], group_by: "weekday" }],
  "Has my HRV changed?": ["oura_get_trends", { metrics: ["hrv"] }],
  "Was anything unusual this month?": ["oura_detect_anomalies"],
  "What does alcohol do to my nights?": ["oura_find_influences"],
  "Were these four weeks better than the last?": ["oura_compare_periods"],
  "How full is the ring's battery?": ["oura_get_device"],
  "What can you see?": ["oura_get_permissions"],
};

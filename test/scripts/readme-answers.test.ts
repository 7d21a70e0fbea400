import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import type { ToolName } from "../../src/tools/index.ts";

/** The tool call for each question in the README. */
const calls: Record<string, [ToolName, Record<string, unknown>?]> = {
  "How did I sleep last night?": ["oura_get_sleep_sessions"],
  "Is that usual for me?": ["oura_get_daily_summary", { include_baselines: true }],
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

const readme = readFileSync("README.md", "utf8");
const table = readme.split("| you ask | the tool answers |\n")[1]?.split("\n\n")[0] ?? "";
const rows = [...table.matchAll(/^\| ([^|]+\?) \| ([^|]+) \|$/gm)].map(([, question = "", answer = ""]) => ({
  question,
  answer,
}));

const people = createSyntheticPeople();

it("uses the day in the README, and knows every question", () => {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "Europe/Berlin" }).format(now);
  expect(readme).toContain(`simulated Everyday Eli on ${day.replace(/^(\w+) /, "$1, ")}`);
  expect(rows.map(({ question }) => question)).toEqual(Object.keys(calls));
});

it.each(rows)("answers “$question” as in the README", async ({ question, answer }) => {
  const call = calls[question];
  if (!call) throw new Error("there is no call for this question");
  const assistant = await createAssistant(people, "everyday");
  const { summary } = z.object({ summary: z.string() }).parse(await assistant.call(...call));
  const parts = answer.split("…").map((part) => part.trim());
  const quoted = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  expect(summary).toMatch(new RegExp(`^${quoted}$`));
});

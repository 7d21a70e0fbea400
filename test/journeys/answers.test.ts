import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { tools } from "../../src/tools/index.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

/** A Friday afternoon in New York, long after the night was synced. */
const people = ["everyday", "new", "gen2", "two_rings", "far_east", "restless"] as const;

const assistants = new Map<string, Assistant>();

beforeAll(async () => {
  await resetSimulator(fixedInstant);
  for (const person of [...people, "no_ring", "lapsed"]) assistants.set(person, await connectAssistant({ person }));
}, 120_000);

const calls: [tool: string, input: object][] = [
  ["oura_get_permissions", {}],
  ["oura_get_device", { include_profile: true }],
  ["oura_get_daily_summary", {}],
  ["oura_get_daily_summary", { start_date: "2026-11-14", end_date: "today" }],
  ["oura_get_daily_summary", { start_date: "yesterday", include_baselines: true }],
  ["oura_get_sleep_sessions", {}],
  ["oura_get_sleep_sessions", { start_date: "2026-11-14", end_date: "today" }],
  ["oura_get_sleep_sessions", { start_date: "yesterday", include_time_series: true }],
  ["oura_get_intraday", {}],
  ["oura_get_intraday", { start_date: "2026-11-10", end_date: "2026-11-14" }],
  ["oura_get_intraday", { metric: "steps", start_date: "yesterday" }],
  ["oura_get_statistics", {}],
  ["oura_get_statistics", { metrics: ["total_sleep"], below: "6", streak: true, last_days: 90 }],
  ["oura_get_statistics", { metrics: ["steps"], group_by: "month", start_date: "2026-01-01" }],
  ["oura_get_statistics", { metrics: ["bedtime", "wake_time"], group_by: "work_nights" }],
  ["oura_get_statistics", { metrics: ["hrv"], top: 3, order: "lowest", last_days: 365 }],
  ["oura_get_statistics", { pattern: "regularity" }],
  ["oura_get_statistics", { pattern: "social_jet_lag" }],
  ["oura_get_statistics", { pattern: "sleep_shortfall" }],
  ["oura_get_trends", {}],
  ["oura_get_trends", { metrics: ["hrv"] }],
  ["oura_get_trends", { window_days: 7, metrics: ["hrv", "bedtime", "spo2", "stress_high"], start_date: "2026-10-20" }],
  ["oura_detect_anomalies", { start_date: "2026-09-25", end_date: "2026-11-20" }],
  ["oura_get_events", {}],
  ["oura_get_events", { kinds: ["rest_mode", "tag"], start_date: "2026-10-01" }],
  ["oura_compare_periods", {}],
  ["oura_compare_periods", { last_days: 10, end_date: "yesterday", metrics: ["steps", "bedtime", "spo2"] }],
  ["oura_find_influences", {}],
  ["oura_find_influences", { event: "alcohol", outcomes: ["resting_heart_rate"] }],
  ["oura_find_influences", { event: "2026-10-07", outcomes: ["resting_heart_rate", "hrv"] }],
  ["oura_find_influences", { factors: ["steps", "alcohol"], outcomes: ["hrv"] }],
  ["oura_find_influences", { outcomes: ["total_sleep", "latency", "breathing_rate"], start_date: "2025-12-01" }],
];

it("asks every tool, so that each has a snapshot of its whole answer", () => {
  const asked = new Set(calls.map(([tool]) => tool));
  expect([...asked].toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
});

describe.each(people)("answers for %s", (person) => {
  it.each(calls)("%s %j", async (tool, input) => {
    const result = await ask(person, tool, input);
    expect(JSON.parse(result?.content[0]?.text ?? "")).toEqual(result?.structuredContent);
    expect(mixedColumns(result?.structuredContent)).toEqual([]);
    expect(result?.structuredContent).toMatchSnapshot();
  });
});

it("answers every call for somebody without a ring with the reason", async () => {
  for (const [tool, input] of calls) {
    const { summary, missing } = (await ask("no_ring", tool, input))?.structuredContent ?? {};
    expect({ summary, missing }).toMatchSnapshot(`${tool} ${JSON.stringify(input)}`);
  }
});

it("tells somebody whose membership lapsed the same at every call that reads data", async () => {
  const said = new Map<string | undefined, string[]>();
  for (const [tool, input] of calls) {
    const text = (await ask("lapsed", tool, input))?.content[0]?.text;
    said.set(text, [...(said.get(text) ?? []), tool]);
  }
  expect(said).toMatchSnapshot();
});

function ask(person: string, tool: string, input: object) {
  return assistants.get(person)?.call(tool, input);
}

const anyTable = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });

/**
 * The columns that hold numbers and texts, in all tables of an answer. A column about several metrics may hold clock
 * times beside numbers, because a clock time as a number would be hard to read.
 */
function mixedColumns(answer: unknown): string[] {
  if (typeof answer !== "object" || answer === null) return [];
  const table = anyTable.safeParse(answer).data;
  const mixed = (table?.columns ?? []).filter((_, index) => {
    const cells = table?.rows.map((row) => row[index]) ?? [];
    const texts = cells.filter((cell) => typeof cell === "string");
    return cells.some((cell) => typeof cell === "number") && texts.some((text) => !/^\d\d:\d\d$/.test(text));
  });
  return [...mixed, ...Object.values(answer).flatMap(mixedColumns)];
}

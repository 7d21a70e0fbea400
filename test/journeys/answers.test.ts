import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

/** A Friday afternoon in New York, long after the night was synced. */
const now = "2026-11-20T20:00:00Z";
const people = ["everyday", "new", "gen2", "no_ring", "two_rings", "lapsed", "far_east"] as const;

const assistants = new Map<string, Assistant>();

beforeAll(async () => {
  await resetSimulator(now);
  for (const person of people) assistants.set(person, await connectAssistant({ person }));
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(now) });
}, 120_000);

afterAll(() => {
  vi.useRealTimers();
});

describe.each(people)("answers for %s", (person) => {
  it.each([
    ["oura_get_permissions", {}],
    ["oura_get_device", { include_profile: true }],
    ["oura_get_daily_summary", {}],
    ["oura_get_daily_summary", { start_date: "2026-11-14", end_date: "today" }],
  ])("%s %j", async (tool, input) => {
    const result = await assistants.get(person)?.call(tool, input);
    if (result?.structuredContent) {
      expect(JSON.parse(result.content[0]?.text ?? "")).toEqual(result.structuredContent);
    }
    expect(result?.structuredContent ?? result).toMatchSnapshot();
  });
});

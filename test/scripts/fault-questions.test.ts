import { expect, it } from "vitest";
import { FAULT_KINDS } from "../../sandbox/control/faults.ts";
import { drawQuestions } from "../../scripts/faults/draw-questions.ts";
import { faultCases } from "../../scripts/faults/fault-cases.ts";
import { listQuestions } from "../../scripts/faults/questions.ts";
import { parseIsoDay } from "../../src/analytics/day.ts";
import { tools } from "../../src/tools/index.ts";
import { askUnderFaults } from "./ask-under-faults.ts";

const today = parseIsoDay("2026-11-20");
if (today === null) throw new Error("not a day");

it("every tool is called under every fault, with the fixed questions and with random ones", () => {
  const names = tools.map(({ name }) => name).toSorted();
  expect([...new Set(listQuestions(today).map(({ tool }) => tool))].toSorted()).toEqual(names);
  const drawn = new Set([1, 2, 3].flatMap((seed) => drawQuestions(today, seed)).map(({ tool }) => tool));
  // This tool has no arguments.
  expect([...drawn, "oura_get_permissions"].toSorted()).toEqual(names);
});

it("random questions depend only on their seed, are valid for their tool and differ between seeds", () => {
  for (const { tool, input } of drawQuestions(today, 7))
    expect(
      tools.find(({ name }) => name === tool)?.input.safeParse(input).error,
      JSON.stringify(input),
    ).toBeUndefined();
  expect(drawQuestions(today, 7)).toEqual(drawQuestions(today, 7));
  expect(drawQuestions(today, 7)).not.toEqual(drawQuestions(today, 8));
});

it("random questions about statistics can be answered, and ask for every pattern, threshold and grouping", async () => {
  const drawn = drawQuestions(today, 1);
  const asked = drawn.filter(({ tool }) => tool === "oura_get_statistics");
  const used = new Set(asked.flatMap(({ input }) => Object.keys(input)));
  for (const argument of ["metrics", "group_by", "above", "streak", "top", "order", "pattern"])
    expect(used, argument).toContain(argument);
  const { ask } = await askUnderFaults("everyday");
  for (const question of asked) expect(await ask(question)).toMatchObject({ summary: expect.any(String) });
});

it("lists every fault of the simulator except those that matter only for a refresh or while connecting", () => {
  const listed = new Set(faultCases.flatMap(({ faults }) => faults.map(({ kind }) => kind)));
  expect(FAULT_KINDS.filter((kind) => !listed.has(kind))).toEqual(["lost_answer", "unnamed_scopes", "refused_app"]);
});

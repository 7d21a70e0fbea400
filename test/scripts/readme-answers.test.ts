import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { readmeQuestions } from "./readme-questions.ts";

const readme = readFileSync("README.md", "utf8");
const table =
  readme.split('| you ask | the tool answers ("…" marks text that is left out) |\n')[1]?.split("\n\n")[0] ?? "";
const rows = [...table.matchAll(/^\| ([^|]+\?) \| ([^|]+) \|$/gm)].map(([, question = "", answer = ""]) => ({
  question,
  answer,
}));

const people = createSyntheticPeople();

it("uses the day in the README, and knows every question", () => {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "Europe/Berlin" }).format(now);
  expect(readme).toContain(`answered on ${day.replace(/^(\w+) /, "$1, ")}, for Everyday Eli`);
  expect(rows.map(({ question }) => question)).toEqual(Object.keys(readmeQuestions));
});

it.each(rows)("answers “$question” as in the README", async ({ question, answer }) => {
  const call = readmeQuestions[question];
  if (!call) throw new Error("there is no call for this question");
  const assistant = await createAssistant(people, "everyday");
  const { summary } = z.object({ summary: z.string() }).parse(await assistant.call(...call));
  const parts = answer.split("…").map((part) => part.trim());
  const quoted = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  expect(summary).toMatch(new RegExp(`^${quoted}$`));
});

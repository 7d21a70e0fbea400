import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Tool } from "../../src/question/tool.ts";
import { tools } from "../../src/tools/index.ts";
import { statisticsTool } from "../../src/tools/statistics/statistics-tool.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import { heldAs, now, readEveryday } from "../fuzz/held.ts";
import { argumentsOf } from "../fuzz/tool-calls.ts";
import { ask, failureOf, type Held } from "./ask.ts";

const instant = new Date(now).toISOString();
const today = instant.slice(0, 10);
let held: Held;

beforeAll(async () => {
  held = heldAs(await readEveryday());
});

type Input = Readonly<Record<string, unknown>>;
const all: readonly Tool[] = tools;

async function answerOf(tool: Tool, input: unknown) {
  // A client may send anything as arguments.
  return (await ask(tool, input as object, { now: instant, held, offsetMinutes: 0 })).answer;
}

/** Every argument of a tool as a careful client writes it, except where two exclude each other. */
function cleanArguments(tool: Tool): Input {
  const days: Record<string, string> = {
    start_date: dayBefore(1),
    end_date: today,
    compare_start_date: dayBefore(9),
    compare_end_date: dayBefore(8),
    start_time: "08:00",
    end_time: "10:00",
    timezone: "UTC",
  };
  const fields = Object.entries(argumentsOf(tool)).map(([name, schema]) => {
    if (["last_days", "compare_with", "event", "at"].includes(name)) return [name, undefined]; // each excludes another
    if (days[name] !== undefined) return [name, days[name]];
    if (schema.enum) return [name, schema.enum[0]];
    switch (schema.type) {
      case "boolean":
        return [name, true];
      case "integer":
        return [name, numbers[name] ?? 3];
      case "array":
        return [name, [choicesOf(schema.items)[0] ?? (isOfNights(tool) ? "hrv" : "steps")]];
      default:
        return [name, "running"];
    }
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** Whole numbers that a tool accepts, where 3 is not one. */
const numbers: Readonly<Record<string, number>> = { resolution_minutes: 30, max_bpm: 190 };

/** Whether the lists of a tool name what a night has. */
function isOfNights({ name }: Tool): boolean {
  return name === "oura_find_influences" || name === "oura_get_sleep_sessions";
}

function choicesOf(items: unknown): readonly string[] {
  return z.looseObject({ enum: z.array(z.string()).default([]) }).parse(items).enum;
}

function dayBefore(days: number): string {
  return new Date(now - days * 86_400_000).toISOString().slice(0, 10);
}

function mapValues(input: Input, change: (value: unknown, name: string) => unknown): Input {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, change(value, name)]));
}

const text = (value: unknown) => (typeof value === "string" ? value : null);
const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : null);
const unset = (tool: Tool, value: unknown): Input => mapValues(argumentsOf(tool), () => value);
/** Values that name one of a list: not free text. */
const isChoice = (tool: Tool, name: string) => {
  const { enum: choices, items } = argumentsOf(tool)[name] ?? {};
  return choices !== undefined || (items !== undefined && choicesOf(items).length > 0);
};

/** Spellings of no arguments at all. */
const ofNothing: Record<string, (tool: Tool) => unknown> = {
  "null for every option": (tool) => unset(tool, null),
  "empty text for every option": (tool) => unset(tool, " "),
  "an empty list for every option": (tool) => unset(tool, []),
  "the word null for every option": (tool) => unset(tool, "null"),
  "null as the arguments": () => null,
  "empty unknown options": () => ({ random_string: "", options: {}, filters: [], cursor: null }),
};

/** Spellings of arguments. */
const ofArguments: Record<string, (clean: Input, tool: Tool) => unknown> = {
  "numbers and booleans as text": (clean) =>
    mapValues(clean, (value) => (typeof value === "number" || typeof value === "boolean" ? String(value) : value)),
  "booleans in capitals": (clean) => mapValues(clean, (value) => (value === true ? "TRUE" : value)),
  "lists as JSON in text": (clean) => mapValues(clean, (value) => (list(value) ? JSON.stringify(value) : value)),
  "lists in single quotes": (clean) =>
    mapValues(
      clean,
      (value) =>
        list(value)
          ?.map((one) => `'${one}'`)
          .join(", ")
          .replace(/^.*$/, "[$&]") ?? value,
    ),
  "a lone value for a list": (clean) => mapValues(clean, (value) => list(value)?.[0] ?? value),
  "lists with commas and empty places": (clean) =>
    mapValues(clean, (value) => list(value)?.concat("").join(", ") ?? value),
  "choices in capitals": (clean, tool) =>
    mapValues(clean, (value, name) =>
      isChoice(tool, name)
        ? (text(value)?.toUpperCase() ?? list(value)?.map((one) => one.toUpperCase()) ?? value)
        : value,
    ),
  "choices as words": (clean, tool) =>
    mapValues(clean, (value, name) => {
      const say = (one: string) => `${one.charAt(0).toUpperCase()}${one.slice(1)}`.replaceAll("_", " ");
      return isChoice(tool, name) ? (list(value)?.map(say) ?? say(String(value))) : value;
    }),
  "days with a time": (clean) =>
    mapValues(clean, (value, name) =>
      name.endsWith("_date") ? `${value}T${name === "end_date" ? "23:59:59" : "00:00:00"}` : value,
    ),
  "times with seconds": (clean) => mapValues(clean, (value, name) => (name.endsWith("_time") ? `${value}:00` : value)),
  "spaces around text": (clean) => mapValues(clean, (value) => (text(value) === null ? value : ` ${value}\n`)),
  "names in camel case": (clean) =>
    Object.fromEntries(
      Object.entries(clean).map(([name, value]) => [
        name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
    ),
  "the whole object as text": (clean) => JSON.stringify(clean),
};

describe.each(all.map((tool) => ({ name: tool.name, tool })))("$name", ({ tool }) => {
  it.each(Object.entries(ofNothing))("answers %s as it answers no arguments", async (_, spell) => {
    expect(await answerOf(tool, spell(tool))).toEqual(await answerOf(tool, {}));
  });

  it.each(Object.entries(ofArguments))("answers %s as it answers them written well", async (_, spell) => {
    const clean = cleanArguments(tool);
    expect(await answerOf(tool, spell(clean, tool))).toEqual(await answerOf(tool, clean));
  });
});

describe("metrics", () => {
  const metricsOf = async (metrics: unknown) => {
    const { rows, notes } = z
      .looseObject({ rows: z.array(z.array(z.unknown())), notes: z.array(z.string()) })
      .parse(await answerOf(trendsTool, { metrics }));
    return { ids: rows.map(([id]) => id), notes };
  };

  it.each([
    ["HRV", "hrv"],
    ["heart rate variability", "hrv"],
    ["resting heart rate", "resting_heart_rate"],
    ["RHR", "resting_heart_rate"],
    ["Respiratory Rate", "breathing_rate"],
    ["Blood Oxygen", "spo2"],
  ])("are known by another name without a note: %s", async (name, id) => {
    const { ids, notes } = await metricsOf(name);
    expect(ids).toEqual([id]);
    expect(notes.join(" ")).not.toContain("is read as");
  });

  it("are chosen for a wider word, and a note says so, whatever was asked before", async () => {
    const plain = await metricsOf(["sleep_score"]);
    const wider = await metricsOf("Sleep");
    expect(wider.ids).toEqual(["sleep_score"]);
    expect(wider.notes).toEqual(["metrics: sleep is read as sleep_score.", ...plain.notes]);
  });

  it("are refused with the nearest names when none fits", async () => {
    const failure = await failureOf(answerOf(trendsTool, { metrics: ["hrv", "mood", "weather"] }));
    expect(failure).toMatchObject({
      kind: "bad_input",
      problems: [
        expect.stringMatching(
          /^metrics: "mood", "weather" is not accepted; write \w+ or \w+ or \w+, or another metric as in oura_get_statistics\.$/,
        ),
      ],
    });
  });
});

it.each([
  ["hvr", "hrv"],
  ["deep slep", "deep_sleep"],
  ["breathing frequency", "breathing_rate"],
  ["resting pulse rate", "resting_heart_rate"],
])("a metric called %s is answered with %s first", async (name, nearest) => {
  const failure = await failureOf(answerOf(trendsTool, { metrics: [name] }));
  expect(failure).toMatchObject({
    problems: [expect.stringMatching(new RegExp(`^metrics: "${name}" is not accepted; write ${nearest} or `))],
  });
});

it.each([
  ["Schritte", "steps"],
  ["歩数", "steps"],
  ["步数", "steps"],
  ["걸음 수", "steps"],
  ["Durée du sommeil", "total_sleep"],
  ["horas de sueño", "total_sleep"],
  ["sonno profondo", "deep_sleep"],
  ["frequencia cardiaca em repouso", "resting_heart_rate"],
  ["vilopuls", "resting_heart_rate"],
  ["hartslagvariabiliteit", "hrv"],
])("%s is %s in every tool", async (name, id) => {
  for (const tool of [statisticsTool, trendsTool]) {
    const named = await answerOf(tool, { metrics: [name] });
    expect(named).toEqual(await answerOf(tool, { metrics: [id] }));
  }
});

it.each(["睡眠の質", "気分", "mood", "качество сна", "x".repeat(500)])(
  "a metric of the list called %s is refused in one short sentence",
  async (name) => {
    const { problems } = z
      .object({ problems: z.array(z.string()) })
      .parse(await failureOf(answerOf(statisticsTool, { metrics: [name] })));
    expect(problems).toEqual([
      expect.stringMatching(
        /^metrics: ".+" is not accepted; write \w+ or \w+ or \w+, or another one of the list in the schema\.$/,
      ),
    ]);
    expect(new TextEncoder().encode(problems[0]).length).toBeLessThan(300);
  },
);

it("a section called sleep stays the section", async () => {
  const summary = all.find(({ name }) => name === "oura_get_daily_summary");
  if (!summary) throw new Error("there is a daily summary");
  const { notes, columns } = await answerOf(summary, { sections: "Sleep" });
  expect(columns).toContain("sleep_score");
  expect(JSON.stringify(notes)).not.toContain("is read as");
});

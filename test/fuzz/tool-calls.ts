import fc from "fast-check";
import { z } from "zod";
import { AppError, describeFailure } from "../../src/errors.ts";
import { metricIds } from "../../src/oura/metrics.ts";
import type { Tool } from "../../src/question/tool.ts";
import { tools } from "../../src/tools/index.ts";
import { ask, type Held } from "../tools/ask.ts";
import { expectFiniteNumbers, expectNoLeak, longestAnswer } from "./invariants.ts";

/** Every tool; a failing property prints only its name. */
export const allTools: readonly Tool[] = tools.map((tool) => ({
  ...tool,
  [fc.toStringMethod]: () => tool.name,
}));

export type Told = { kind: "answer"; answer: object } | { kind: "failure"; text: string; kindOfFailure: string };

/** Calls a tool like the tool wrapper, and checks the invariants of every answer. */
export async function callAndCheck(tool: Tool, input: unknown, held: Held, now: string): Promise<Told> {
  try {
    const { answer } = await ask(tool, input as object, { now, held }); // a client may send any arguments
    const parsed = tool.output.safeParse(answer);
    if (!parsed.success) throw new Error(`the answer breaks its own schema: ${parsed.error.message.slice(0, 500)}`);
    expectFiniteNumbers(answer);
    const text = JSON.stringify(answer);
    if (text.length > longestAnswer) throw new Error(`the answer has ${text.length} characters`);
    expectNoLeak(text);
    return { kind: "answer", answer };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const text = describeFailure(error.failure, { home: "https://here.test/", panel: "https://here.test/panel" });
    if (error.failure.kind === "internal") throw new Error("an internal failure", { cause: error });
    if (text.length > 2_000) throw new Error(`the failure has ${text.length} characters: ${text.slice(0, 200)}`);
    expectNoLeak(text);
    return { kind: "failure", text, kindOfFailure: error.failure.kind };
  }
}

const property = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  items: z.unknown().optional(),
});
type Property = z.output<typeof property>;

export function argumentsOf(tool: Tool): Record<string, Property> {
  const schema = z.toJSONSchema(tool.input, { io: "input" });
  return z.record(z.string(), property).parse(schema.properties ?? {});
}

/** Plausible arguments of an assistant, with some errors: valid and invalid days, real zones. */
export function plausibleInput(tool: Tool): fc.Arbitrary<Record<string, unknown>> {
  const known = argumentsOf(tool);
  const fields = Object.entries(known).map(([name, schema]) => [name, plausible(name, schema)]);
  const apart = fc.record<Record<string, unknown>>(Object.fromEntries(fields), { requiredKeys: [] });
  if (!known.start_date || !known.end_date) return apart;
  return fc.tuple(apart, fc.option(days)).map(([input, range]) => ({ ...input, ...range }));
}

function plausible(name: string, schema: Property): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (name === "resolution_minutes") return fc.constantFrom(5, 15, 30, 60, 45);
  if (name.endsWith("_date")) return day;
  if (name.endsWith("_time")) return clock;
  if (name === "timezone") return zone;
  if (name === "metrics" || name === "outcomes")
    return fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...metricIds) }, fc.string({ maxLength: 30 })), {
      minLength: 1,
      maxLength: 5,
    });
  if (name === "above" || name === "below")
    return fc.oneof(clock, fc.integer({ min: 0, max: 20_000 }).map(String), fc.string({ maxLength: 30 }));
  switch (schema.type) {
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 1_000) });
    case "array":
      return fc.array(plausible(name, property.parse(schema.items)), { minLength: 1, maxLength: 5 });
    default:
      return fc.string({ maxLength: 30 });
  }
}

function daysBack(days: number): string {
  return new Date(Date.UTC(2026, 10, 20 - days)).toISOString().slice(0, 10);
}

/** First and last day in their order. */
const days = fc
  .tuple(fc.nat(45), fc.oneof(fc.constant(0), fc.nat(6), fc.nat(200)))
  .map(([back, length]) => ({ start_date: daysBack(back + length), end_date: daysBack(back) }));

const day = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1, max: 45 }).map(daysBack) },
  { weight: 2, arbitrary: fc.constantFrom("today", "yesterday") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...["2026-02-30", "2026-00-00", "0000-00-00", "9999-12-31", "2015-01-01", "2014-12-31", "2024-02-29"],
      ...["2026-11-20 ", "20261120", "Today", "2026-11-20T00:00:00Z", "2026-11-20\n", "-2026-11-20", "２０２６-11-20"],
    ),
  },
);

const clock = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.nat(23), fc.constantFrom("00", "01", "30", "59"))
      .map(([hour, minute]) => `${hour}:${minute}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("00:00", "24:00", "24:01", "25:00", "9:5", "noon", "", "12:00:00", "-1:00", "12:00Z"),
  },
);

const zone = fc.constantFrom(
  ...["UTC", "Europe/Berlin", "America/New_York", "Pacific/Tongatapu", "Asia/Kathmandu", "America/St_Johns"],
  ...["Pacific/Kiritimati", "Pacific/Niue", "Etc/GMT+12", "+05:30", "-23:59", "GMT", "utc", "Nowhere/Land", ""],
);

import { describe, expect, it } from "vitest";
import { z } from "zod";
import { publishInput, publishOutput } from "../../src/mcp/publish-schema.ts";
import { instructions, tools } from "../../src/tools/index.ts";

/**
 * The part of JSON Schema that every host and model passes on unchanged: no const, no enum of numbers, no list of types,
 * no bounds, no anyOf of arguments.
 */
const text = z.strictObject({ type: z.literal("string"), enum: z.array(z.string()).optional() });
const scalar = z.strictObject({ type: z.enum(["string", "number", "integer", "boolean", "null"]) });

const described = { description: z.string().optional() };
const argument: z.ZodType = z.union([
  z.strictObject({ ...text.shape, ...described, default: z.string().optional() }),
  z.strictObject({ type: z.literal("boolean"), ...described, default: z.literal(true).optional() }),
  z.strictObject({ type: z.enum(["integer", "number"]), ...described, default: z.number().optional() }),
  z.strictObject({ type: z.literal("array"), ...described, items: z.lazy(() => argument) }),
]);
const input = z.strictObject({
  type: z.literal("object"),
  properties: z.record(z.string(), argument),
  required: z.array(z.string()).optional(),
});

/** A field of an answer. What is nested in an object is left out. */
const field: z.ZodType = z.union([
  scalar,
  z.strictObject({ anyOf: z.array(scalar).min(2) }),
  z.strictObject({ type: z.literal("array"), items: z.lazy(() => field) }),
  z.strictObject({ type: z.literal("object"), properties: z.record(z.string(), scalar).optional() }),
]);
const output = z.strictObject({
  type: z.literal("object"),
  properties: z.record(z.string(), field),
  required: z.array(z.string()),
});

describe.each(tools.map((tool) => ({ name: tool.name, tool })))("the published schemas of $name", ({ tool }) => {
  it("describe arguments in the part of JSON Schema that every host passes on", () => {
    const schema = publishInput(tool.input);
    expect(input.safeParse(schema).error?.message).toBeUndefined();
    expect(Object.keys(z.object({ properties: z.looseObject({}) }).parse(schema).properties)).toEqual(
      Object.keys(tool.input.shape).filter((name) => tool.input.shape[name]?.meta()?.unpublished !== true),
    );
  });

  it("give every value of an answer a type", () => {
    expect(output.safeParse(publishOutput(tool.output)).error?.message).toBeUndefined();
  });
});

describe("what a model reads of all tools", () => {
  it("is at most 10,240 bytes of definitions", () => {
    expect(tools.length).toBeLessThanOrEqual(12);
    const read = tools.map(({ name, description, input: given }) => ({
      name,
      description,
      inputSchema: publishInput(given),
    }));
    expect(bytesOf(read)).toBeLessThanOrEqual(10_240);
  });

  it("is at most 8 KB of the schemas of answers", () => {
    expect(bytesOf(tools.map((tool) => publishOutput(tool.output)))).toBeLessThanOrEqual(8192);
  });

  it("names every metric once, in the statistics", () => {
    const naming = tools.filter((tool) => JSON.stringify(publishInput(tool.input)).includes("breathing_disturbance"));
    expect(naming.map(({ name }) => name)).toEqual(["oura_get_statistics"]);
  });

  it("is at most 1,800 characters of instructions, whose first paragraph a host that cuts them passes on", () => {
    const [first = ""] = instructions.split("\n");
    expect(instructions.length).toBeLessThanOrEqual(1800);
    expect(first.length).toBeLessThanOrEqual(512);
    for (const name of ["oura_get_daily_summary", "oura_get_statistics", "missing", "link"])
      expect(first).toContain(name);
  });
});

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).byteLength;
}

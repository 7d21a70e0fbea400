import { describe, expect, it } from "vitest";
import { z } from "zod";
import { publishInput, publishOutput } from "../../src/mcp/publish-schema.ts";
import { tools } from "../../src/tools/index.ts";

/**
 * The part of JSON Schema that every host and model passes on unchanged: no const, no enum of numbers, no list of types,
 * no anyOf of arguments.
 */
const text = z.strictObject({ type: z.literal("string"), enum: z.array(z.string()).optional() });
const scalar = z.strictObject({ type: z.enum(["string", "number", "integer", "boolean", "null"]) });

const described = { description: z.string().optional() };
const argument: z.ZodType = z.union([
  z.strictObject({ ...text.shape, ...described, default: z.string().optional() }),
  z.strictObject({ type: z.literal("boolean"), ...described, default: z.boolean().optional() }),
  z.strictObject({
    type: z.enum(["integer", "number"]),
    ...described,
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    default: z.number().optional(),
  }),
  z.strictObject({ type: z.literal("array"), ...described, items: z.lazy(() => argument) }),
]);
const input = z.strictObject({
  type: z.literal("object"),
  properties: z.record(z.string(), argument),
  required: z.array(z.string()).optional(),
});

const output: z.ZodType = z.union([
  text,
  scalar,
  z.strictObject({ anyOf: z.array(scalar).min(2) }),
  z.strictObject({ type: z.literal("array"), items: z.lazy(() => output) }),
  z.strictObject({
    type: z.literal("object"),
    properties: z.record(
      z.string(),
      z.lazy(() => output),
    ),
    required: z.array(z.string()).optional(),
  }),
  z.strictObject({ type: z.literal("object"), additionalProperties: z.lazy(() => output) }), // names as keys
]);

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

it("definitions stay short enough for a model's context", () => {
  const bytes = tools.map(
    ({ name, description, input: given }) =>
      new TextEncoder().encode(JSON.stringify({ name, description, inputSchema: publishInput(given) })).byteLength,
  );
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(10_240);
});

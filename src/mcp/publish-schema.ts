import * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Limits that not every host forwards and some refuse. Tools check them all the same; descriptions say those that a
 * caller has to know.
 */
const checkedOnly = ["additionalProperties", "minItems", "maxItems", "minLength", "maxLength"];

/** The schema of a tool's arguments, in the part of JSON Schema that every host and model passes on unchanged. */
export function publishInput(schema: z.ZodObject): JsonSchema {
  return simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", ...checkedOnly]);
}

/** The schema of a tool's answer. */
export function publishOutput(schema: z.ZodObject): JsonSchema {
  return simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", "propertyNames"]);
}

/**
 * A schema without some keywords. `$schema` is among them: the protocol already defines the dialect, and to repeat it in
 * every tool costs tokens. A list of types becomes an `anyOf`, because some clients reject such a list.
 */
function simplify(schema: object, without: readonly string[]): JsonSchema {
  const entries = Object.entries(schema)
    .filter(([key, value]) => !without.includes(key) && !isSafeIntegerBound(value) && !isUnpublished(value))
    .map(([key, value]) => [key, simplifyValue(value, without)]);
  const { type, ...rest } = Object.fromEntries(entries);
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

/** zod bounds every whole number by the largest safe ones, which tells a caller nothing. */
function isSafeIntegerBound(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) === Number.MAX_SAFE_INTEGER;
}

/** An argument that is read and not published. */
function isUnpublished(value: unknown): boolean {
  return typeof value === "object" && value !== null && "unpublished" in value && value.unpublished === true;
}

function simplifyValue(value: unknown, without: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => simplifyValue(one, without));
  return typeof value === "object" && value !== null ? simplify(value, without) : value;
}

import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Keywords for limits that are not published, because some hosts ignore them and others refuse a schema that has them.
 * Tools still check these limits. If a caller must know a limit, the description of the argument mentions it.
 */
const checkedOnly = ["additionalProperties", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"];

/**
 * The published schema of a tool's arguments. It uses only those keywords of JSON Schema that every host and model
 * supports.
 */
export function publishInput(schema: z.ZodObject): JsonSchema {
  return simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", ...checkedOnly]);
}

/**
 * The published schema of a tool's answer. It is shorter than the complete schema, because published schemas take up
 * space in the model's context. It describes the fields, the cells of the main table, and objects that contain only
 * texts, numbers and booleans. All other objects, such as nested tables, are published without their contents, because
 * the answer itself names the columns of such tables. Answers are still validated with the complete schema.
 */
export function publishOutput(schema: z.ZodObject): JsonSchema {
  const whole = simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", "propertyNames", "enum"]);
  return { ...whole, properties: outlineAll(whole.properties ?? {}) };
}

/**
 * A schema only for display: the SDK does not validate arguments with it. Tools and prompts validate their arguments
 * themselves, because their error messages name the wrong argument and the correct value.
 */
export function withoutValidation(jsonSchema: Record<string, unknown>): StandardSchemaWithJSON<unknown, unknown> {
  return {
    "~standard": {
      version: 1,
      vendor: "ringbridge",
      validate: (value: unknown) => ({ value }),
      jsonSchema: { input: () => jsonSchema, output: () => jsonSchema },
    },
  };
}

function outlineAll(fields: NonNullable<JsonSchema["properties"]>): NonNullable<JsonSchema["properties"]> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, outline(field)]));
}

/** The published schema of one field of an answer. The contents of nested objects are left out. */
function outline(schema: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof schema === "boolean") return schema;
  const { type, properties } = schema;
  if (type === "object")
    return properties && Object.values(properties).every(isPlain) ? { type, properties } : { type };
  if (schema.type !== "array" || schema.items === undefined || Array.isArray(schema.items)) return schema;
  return { ...schema, items: outline(schema.items) };
}

/**
 * Removes the keyword `$schema` and the keywords in `without` from a schema. `$schema` is not needed, because the
 * protocol defines the dialect of JSON Schema, and every keyword costs tokens. A list of types becomes an `anyOf`,
 * because some clients reject a list of types.
 */
function simplify(schema: object, without: readonly string[]): JsonSchema {
  const entries = Object.entries(schema)
    .filter(([key, value]) => !without.includes(key) && !isUnset(key, value) && !isUnpublished(value))
    .map(([key, value]) => [key, simplifyValue(value, without)]);
  const { type, ...rest } = Object.fromEntries(entries);
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

/** Whether a schema describes a text, a number or a boolean. */
function isPlain(schema: JsonSchema | boolean): boolean {
  if (typeof schema === "boolean") return false;
  return schema.type === "string" || schema.type === "number" || schema.type === "boolean";
}

/**
 * Whether a keyword of a schema states that a boolean argument is `false` by default. All boolean arguments of the
 * tools have this default, so the published schema leaves it out.
 */
function isUnset(key: string, value: unknown): boolean {
  return key === "default" && value === false;
}

/** Whether an argument is accepted but left out of the published schema. */
function isUnpublished(value: unknown): boolean {
  return typeof value === "object" && value !== null && "unpublished" in value && value.unpublished === true;
}

function simplifyValue(value: unknown, without: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => simplifyValue(one, without));
  return typeof value === "object" && value !== null ? simplify(value, without) : value;
}

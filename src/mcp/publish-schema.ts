import * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Limits that are not published, because some hosts drop them and some refuse them. Tools still check them, and
 * descriptions mention those that a caller must know.
 */
const checkedOnly = ["additionalProperties", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"];

/**
 * The published schema of a tool's arguments. It uses only the part of JSON Schema that every host and model passes on
 * unchanged.
 */
export function publishInput(schema: z.ZodObject): JsonSchema {
  return simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", ...checkedOnly]);
}

/**
 * The published schema of a tool's answer: its fields, the cells of its table, and objects that contain only texts,
 * numbers and truth values. A nested table is published as a plain object. The answer itself names the columns, so a
 * longer schema would only use up a model's context. Answers are still validated with the complete schema.
 */
export function publishOutput(schema: z.ZodObject): JsonSchema {
  const whole = simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", "propertyNames", "enum"]);
  return { ...whole, properties: outlineAll(whole.properties ?? {}) };
}

function outlineAll(fields: NonNullable<JsonSchema["properties"]>): NonNullable<JsonSchema["properties"]> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, outline(field)]));
}

/** The schema of one field of an answer, without the contents of nested objects. */
function outline(schema: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof schema === "boolean") return schema;
  const { type, properties } = schema;
  if (type === "object")
    return properties && Object.values(properties).every(isPlain) ? { type, properties } : { type };
  if (schema.type !== "array" || schema.items === undefined || Array.isArray(schema.items)) return schema;
  return { ...schema, items: outline(schema.items) };
}

/**
 * Removes some keywords from a schema. `$schema` is one of them: the protocol defines the dialect, and repeating it in
 * every tool costs tokens. A list of types becomes an `anyOf`, because some clients reject a list of types.
 */
function simplify(schema: object, without: readonly string[]): JsonSchema {
  const entries = Object.entries(schema)
    .filter(([key, value]) => !without.includes(key) && !isUnset(key, value) && !isUnpublished(value))
    .map(([key, value]) => [key, simplifyValue(value, without)]);
  const { type, ...rest } = Object.fromEntries(entries);
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

/** Whether a schema is for a text, a number or a truth value. */
function isPlain(schema: JsonSchema | boolean): boolean {
  if (typeof schema === "boolean") return false;
  return schema.type === "string" || schema.type === "number" || schema.type === "boolean";
}

/**
 * Whether a keyword is the default `false` of a switch. Every switch is off when it is not sent, so this default is not
 * published.
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

import * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * Limits that not every host forwards and some refuse. Tools check them all the same; descriptions say those that a
 * caller has to know.
 */
const checkedOnly = ["additionalProperties", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"];

/** The schema of a tool's arguments, in the part of JSON Schema that every host and model passes on unchanged. */
export function publishInput(schema: z.ZodObject): JsonSchema {
  return simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", ...checkedOnly]);
}

/**
 * The schema of a tool's answer: its fields, the cells of its table, and objects that hold only texts and numbers. A
 * nested table is published as an object: the names of its columns are in the answer, and the schema would only cost a
 * model's context. Every answer is parsed with the whole schema all the same.
 */
export function publishOutput(schema: z.ZodObject): JsonSchema {
  const whole = simplify(z.toJSONSchema(schema, { io: "input" }), ["$schema", "propertyNames", "enum"]);
  return { ...whole, properties: outlineAll(whole.properties ?? {}) };
}

function outlineAll(fields: NonNullable<JsonSchema["properties"]>): NonNullable<JsonSchema["properties"]> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, outline(field)]));
}

/** A field of an answer without what is nested in its objects. */
function outline(schema: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof schema === "boolean") return schema;
  const { type, properties } = schema;
  if (type === "object")
    return properties && Object.values(properties).every(isPlain) ? { type, properties } : { type };
  if (schema.type !== "array" || schema.items === undefined || Array.isArray(schema.items)) return schema;
  return { ...schema, items: outline(schema.items) };
}

/**
 * A schema without some keywords. `$schema` is among them: the protocol already defines the dialect, and to repeat it in
 * every tool costs tokens. A list of types becomes an `anyOf`, because some clients reject such a list.
 */
function simplify(schema: object, without: readonly string[]): JsonSchema {
  const entries = Object.entries(schema)
    .filter(([key, value]) => !without.includes(key) && !isUnset(key, value) && !isUnpublished(value))
    .map(([key, value]) => [key, simplifyValue(value, without)]);
  const { type, ...rest } = Object.fromEntries(entries);
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  return type === undefined ? rest : { type, ...rest };
}

/** Text, a number or a truth value. */
function isPlain(schema: JsonSchema | boolean): boolean {
  if (typeof schema === "boolean") return false;
  return schema.type === "string" || schema.type === "number" || schema.type === "boolean";
}

/** A switch that is off when it is not sent, as every switch is. */
function isUnset(key: string, value: unknown): boolean {
  return key === "default" && value === false;
}

/** An argument that is read and not published. */
function isUnpublished(value: unknown): boolean {
  return typeof value === "object" && value !== null && "unpublished" in value && value.unpublished === true;
}

function simplifyValue(value: unknown, without: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => simplifyValue(one, without));
  return typeof value === "object" && value !== null ? simplify(value, without) : value;
}

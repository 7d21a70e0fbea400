import type * as z from "zod";
import { findMetric, lettersOf } from "./metric-names.ts";
import { type Wanted, wantedOf } from "./wanted.ts";

/**
 * Arguments in the spelling that the schema expects. `notes` holds sentences for the answer that say how values were
 * interpreted.
 */
export interface SpelledArguments {
  input: Record<string, unknown>;
  notes: readonly string[];
}

/**
 * Rewrites arguments into the spelling that the schema expects, if their meaning is certain. Models and hosts send null
 * or "" for an option that is not set, and send numbers and lists as text. They also change the capitals and separators
 * of names. A value whose meaning is not certain stays unchanged, so that the schema refuses it.
 */
export function spellArguments(schema: z.ZodObject, given: Readonly<Record<string, unknown>>): SpelledArguments {
  const notes = new Set<string>();
  const input: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = findName(schema, given, key);
    const field: unknown = Object.hasOwn(schema.shape, name) ? schema.shape[name] : null;
    if (field === null) {
      if (!isEmpty(value)) define(input, key, value);
      continue;
    }
    const spelled = spell(value, wantedOf(field), (sentence) => notes.add(`${name}: ${sentence}`));
    if (spelled !== undefined) define(input, name, spelled);
  }
  return { input, notes: [...notes] };
}

/**
 * The schema's name for an argument: "startDate" and "start-date" mean start_date. If the caller sent both "startDate"
 * and start_date, "startDate" stays unchanged, so that it cannot replace the value of start_date.
 */
function findName({ shape }: z.ZodObject, given: object, key: string): string {
  if (Object.hasOwn(shape, key)) return key;
  const name = Object.keys(shape).find((one) => lettersOf(one) === lettersOf(key));
  return name === undefined || Object.hasOwn(given, name) ? key : name;
}

/**
 * Sets a property whose name comes from the caller. The caller could send the name "__proto__", and a plain assignment
 * to it would replace the object's prototype.
 */
function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Returns undefined for a value that means "not set". */
function spell(value: unknown, wanted: Wanted, note: (sentence: string) => void): unknown {
  const given = typeof value === "string" ? value.trim() : value;
  if (isEmpty(given)) return undefined;
  switch (wanted.kind) {
    case "boolean":
      return typeof given === "string" && /^(true|false)$/i.test(given) ? given.toLowerCase() === "true" : given;
    case "number":
      return typeof given === "string" && /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(given) ? Number(given) : given;
    case "choice":
      return typeof given === "string" ? spellChoice(given, wanted.values, note) : given;
    case "list": {
      const items = listOf(given)
        .map((item) => spell(item, wanted.item, note))
        .filter((item) => item !== undefined);
      return items.length === 0 ? undefined : items;
    }
    case "text":
      return typeof given === "number" ? String(given) : given;
  }
}

/**
 * Clients send null, an empty text, the word "undefined", or an empty list or object for an argument that is not set.
 */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "string") return /^\s*(|null|undefined)\s*$/i.test(value);
  return typeof value === "object" && Object.keys(value).length === 0;
}

/**
 * Finds the allowed value that a text means. Capitals and separators make no difference. If the text means no allowed
 * value, it stays unchanged.
 */
function spellChoice(text: string, values: readonly string[], note: (sentence: string) => void): string {
  if (values.includes(text)) return text;
  const letters = lettersOf(text);
  const same = values.find((value) => lettersOf(value) === letters || `${lettersOf(value)}s` === letters);
  if (same !== undefined) return same;
  const metric = findMetric(text);
  if (metric === null || !values.includes(metric.id)) return text;
  if (metric.isWider) note(`${text.toLowerCase()} is read as ${metric.id}.`);
  return metric.id;
}

/** Accepts a list, a text that contains a list in JSON, a text with commas, or a single item. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return [value];
  if (!/^\[.*\]$/s.test(value)) return value.split(",");
  try {
    const parsed: unknown = JSON.parse(value.includes('"') ? value : value.replaceAll("'", '"'));
    return Array.isArray(parsed) ? parsed : [value];
  } catch {
    return value.slice(1, -1).split(",");
  }
}

import { hash } from "../people/random.ts";

/** Ways in which an answer can be valid JSON and still break Oura's specification. */
export const SURPRISES = [
  /** Every enum value is replaced by an unknown word. */
  "new_words",
  "new_fields",
  "missing_fields",
  /** Every field except the date is null. */
  "nulls",
  "numbers_as_strings",
  /** The date is missing. */
  "no_dates",
  /** One extra record dated years ahead, as from a ring with a wrong clock. */
  "future_record",
] as const;
export type Surprise = (typeof SURPRISES)[number];

export const NEW_WORD = "unheard_of";

type Json = Record<string, unknown>;

const DATES: readonly string[] = ["day", "start_day", "timestamp"];

/**
 * Changes the answer's documents in one way, each with the probability `share`; `seed` decides which ones. A single
 * document, such as the profile, is treated like a list of one.
 */
export function surprise(body: unknown, kind: Surprise, { share, seed }: { share: number; seed: number }): unknown {
  if (!isObject(body)) return body;
  const changed = (document: unknown, index: number) =>
    isObject(document) && drawn(share, seed, index) ? CHANGES[kind](document, seed + index) : document;
  if (!Array.isArray(body.data)) return changed(body, 0);
  const last: unknown = body.data.at(-1);
  if (kind === "future_record") {
    const isDated = isObject(last) && DATES.some((key) => key in last);
    return isDated ? { ...body, data: [...body.data, fromTheFuture(last)] } : body;
  }
  return { ...body, data: body.data.map(changed) };
}

const CHANGES: Record<Surprise, (document: Json, seed: number) => Json> = {
  new_words: (document) => mapFields(document, (key, value) => (isWord(key, value) ? NEW_WORD : value)),
  new_fields: (document) => ({ ...document, unheard_of: { deeply: [{ nested: 1 }] }, "": null, constructor: "odd" }),
  missing_fields: (document, seed) =>
    Object.fromEntries(
      Object.entries(document).filter(([key], index) => DATES.includes(key) || !drawn(0.5, seed, index)),
    ),
  nulls: (document) => mapFields(document, (key, value) => (DATES.includes(key) ? value : null)),
  numbers_as_strings: (document) => mapFields(document, (_key, value) => numbersAsText(value)),
  no_dates: (document) => mapFields(document, (key, value) => (DATES.includes(key) ? undefined : value)),
  future_record: (document) => document,
};

function drawn(share: number, seed: number, index: number): boolean {
  return hash(`surprise|${seed}|${index}`) / 0x1_0000_0000 < share;
}

function mapFields(document: Json, change: (key: string, value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, change(key, value)]));
}

/** Enum values are lower-case words; dates, ids and free text are not. */
function isWord(key: string, value: unknown): boolean {
  return key !== "id" && typeof value === "string" && /^[a-z][a-z0-9_]*$/.test(value);
}

function numbersAsText(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(numbersAsText);
  return isObject(value) ? mapFields(value, (_key, inner) => numbersAsText(inner)) : value;
}

/** The same record a few years later, at UTC+9. */
function fromTheFuture(document: Json): Json {
  return mapFields(document, (_key, value) =>
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value)
      ? `2039${value.slice(4)}`.replace(/(Z|[+-]\d{2}:\d{2})$/, "+09:00")
      : value,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { hash } from "../people/random.ts";

/** Ways in which an answer can be valid JSON and still not be what Oura's specification leads one to expect. */
export const SURPRISES = [
  /** Every enum value is replaced by an unknown word. */
  "new_words",
  "new_fields",
  "missing_fields",
  "nulls",
  "numbers_as_strings",
  "no_dates",
  /** One extra record dated years ahead, as from a ring with a wrong clock. */
  "future_record",
  /** Sleep records without an end or a type, with the figures so far. */
  "unfinished",
  /** Beside each sleep record a small one that lies inside it. */
  "overlapping",
  "repeated",
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
    isObject(document) && drawn(share, seed, drawnBy(kind, document, index))
      ? CHANGES[kind](document, seed + index)
      : document;
  if (!Array.isArray(body.data)) return changed(body, 0);
  const last: unknown = body.data.at(-1);
  if (kind === "future_record") {
    const isDated = isObject(last) && DATES.some((key) => key in last);
    return isDated ? { ...body, data: [...body.data, fromTheFuture(last)] } : body;
  }
  const beside = BESIDE[kind];
  if (!beside) return { ...body, data: body.data.map(changed) };
  const data = body.data.flatMap((document, index) =>
    isObject(document) && isSleep(document) && drawn(share, seed, index) ? [beside(document), document] : [document],
  );
  return { ...body, data };
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
  unfinished: (document) => (isSleep(document) ? soFar(document) : document),
  overlapping: (document) => document,
  repeated: (document) => document,
};

/** The record that stands beside a sleep record. */
const BESIDE: Partial<Record<Surprise, (sleep: Json) => Json>> = { overlapping: partInside, repeated: again };

/** Not a sleep that the wearer rejected or deleted. */
function isSleep(document: Json): boolean {
  return ["long_sleep", "sleep", "late_nap"].includes(String(document.type)) && "bedtime_start" in document;
}

/** A record as it may be while it is written: the beginning is known, the durations are those until then. */
function soFar(document: Json): Json {
  const half = mapFields(document, (key, value) =>
    typeof value === "number" && /(_duration|_time|^time_in_bed)$/.test(key) ? Math.round(value / 2) : value,
  );
  return { ...half, bedtime_end: null, type: null };
}

/** A small record of the first half of a sleep, as the ring makes before it knows the whole of it. */
function partInside(document: Json): Json {
  const [start, end] = [Date.parse(String(document.bedtime_start)), Date.parse(String(document.bedtime_end))];
  const at = (share: number): string => shifted(String(document.bedtime_start), Math.round((end - start) * share));
  return {
    ...mapFields(document, (key, value) => (DATES.includes(key) ? value : null)),
    id: `${document.id}-part`,
    type: "sleep",
    period: document.period ?? null,
    bedtime_start: at(0.2),
    bedtime_end: at(0.4),
    time_in_bed: Math.round(((end - start) * 0.2) / 1_000),
    total_sleep_duration: Math.round(((end - start) * 0.15) / 1_000),
  };
}

function again(document: Json): Json {
  return { ...document, id: `${document.id}-again` };
}

function shifted(stamp: string, milliseconds: number): string {
  const [, hours = "0", minutes = "0"] = /([+-]\d{2}):(\d{2})$/.exec(stamp) ?? [];
  const offset = (Number(hours) * 60 + Math.sign(Number(hours)) * Number(minutes)) * 60_000;
  const local = new Date(Date.parse(stamp) + milliseconds + offset).toISOString();
  return `${local.slice(0, -1)}${stamp.slice(-6)}`;
}

/** A night in parts is unfinished as a whole, so these records are drawn by their day. */
function drawnBy(kind: Surprise, document: Json, index: number): number {
  return kind === "unfinished" ? hash(`${document.day}`) : index;
}

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

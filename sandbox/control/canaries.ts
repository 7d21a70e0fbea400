import type { SimulatorStore } from "../store.ts";

/**
 * Markers in everything Oura sends, so that a test can find a leak anywhere: each number gets a fraction that
 * measurements do not have, each free text ends with a made-up word, and each instant has a fixed number of
 * milliseconds.
 */
export const CANARY = {
  fraction: 0.00717171,
  digits: "717171",
  word: "canary-of-the-sandbox",
  milliseconds: "717",
} as const;

const KEY = "canaries";

/** Texts that are displayed and never compared. */
const FREE_TEXTS = ["color", "firmware_version", "comment", "text", "label", "custom_name", "email"];
/** Numbers that are not measurements: a canary would change how other values are read. */
const NOT_MEASURED = ["interval", "timestamp_unix"];

export async function setCanaries(store: SimulatorStore, on: boolean): Promise<void> {
  await (on ? store.put(KEY, true) : store.delete(KEY));
}

export async function hasCanaries(store: SimulatorStore): Promise<boolean> {
  return (await store.get<boolean>(KEY)) ?? false;
}

/** The answer with every value marked; errors and bodies that are not JSON stay unchanged. */
export async function withCanaries(response: Response): Promise<Response> {
  if (response.status !== 200 || !response.headers.get("content-type")?.includes("json")) return response;
  const text = await response.text();
  try {
    return Response.json(mark("", JSON.parse(text)), { headers: response.headers });
  } catch {
    return new Response(text, response); // cut short by a fault
  }
}

function mark(field: string, value: unknown): unknown {
  if (typeof value === "number") return NOT_MEASURED.includes(field) ? value : value + CANARY.fraction;
  if (typeof value === "string") return FREE_TEXTS.includes(field) ? `${value} ${CANARY.word}` : markInstant(value);
  if (Array.isArray(value)) return value.map((item) => mark(field, item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(key, inner)]));
}

function markInstant(text: string): string {
  return text.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/, `$1.${CANARY.milliseconds}$2`);
}

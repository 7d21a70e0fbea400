/**
 * Corrects JSON-RPC messages so that the SDK can read them. Some clients write null for a field that is not set, or
 * send a tool's arguments as text. Without this function, the SDK would refuse these messages.
 */
export function cleanMessage(body: unknown): unknown {
  return Array.isArray(body) ? body.map(cleanOne) : cleanOne(body);
}

function cleanOne(body: unknown): unknown {
  if (!isObject(body) || typeof body.method !== "string") return body;
  const { params, ...message } = body;
  if (isUnset(params)) return message;
  if (!isObject(params)) return body;
  const { arguments: given, ...rest } = params;
  const cleaned = Object.entries(rest).map(([name, value]) => [name, withoutNulls(value, deepest)]);
  const known = Object.fromEntries(cleaned.filter(([, value]) => value !== null));
  if (isUnset(given)) return { ...message, params: known };
  const object = typeof given === "string" ? parseObject(given) : given;
  return { ...message, params: { ...known, arguments: body.method === "prompts/get" ? asTexts(object) : object } };
}

/**
 * Nulls are removed only down to this level of nesting. Real messages are not nested more deeply. Without this limit, a
 * hostile body with very deep nesting could exhaust the stack.
 */
const deepest = 8;

function withoutNulls(value: unknown, levels: number): unknown {
  if (levels === 0) return value;
  if (Array.isArray(value)) return value.map((one) => withoutNulls(one, levels - 1));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutNulls(one, levels - 1)]));
}

/** The protocol allows only text as arguments of a prompt, so numbers and booleans are converted to text. */
function asTexts(given: unknown): unknown {
  if (!isObject(given)) return given;
  const entries = Object.entries(given).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(
    entries.map(([name, value]) => [name, ["number", "boolean"].includes(typeof value) ? String(value) : value]),
  );
}

/**
 * Parses a JSON object. An empty text, null and an empty list give an empty object. If the text contains anything else,
 * the function returns the text unchanged.
 */
function parseObject(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return isUnset(parsed) ? {} : isObject(parsed) ? parsed : text;
  } catch {
    return text;
  }
}

/** Clients written in PHP send an empty object as []. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

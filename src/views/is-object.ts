export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value that the keys lead to, one after the other, in nested objects. Undefined when a key is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

export function objectAt(value: unknown, ...path: readonly string[]): Record<string, unknown> {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

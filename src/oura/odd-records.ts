import type { OuraRouteName } from "./routes.ts";

/** Every kind of sleep Oura documents, also those that do not count as sleep. */
const sleepTypes: readonly unknown[] = ["long_sleep", "sleep", "late_nap", "rest", "deleted"];

/**
 * Whether something of a record could not be understood: a value of another type than Oura documents, or a word on which
 * it hangs what the record is. A number out of range is none: that is how Oura writes "not measured". What is null or left
 * out was not measured either, apart from the few fields no record makes sense without.
 */
export function isOdd(name: OuraRouteName, raw: unknown, parsed: object): boolean {
  if (name === "heartrate") return !hasItsSense(name, raw); // a row by the thousand, of which no more can be lost
  return isLost(raw, parsed) || !hasItsSense(name, raw);
}

/** @param raw as it came; `parsed` has null where a value could not be read */
function isLost(raw: unknown, parsed: unknown): boolean {
  if (parsed === null) return raw !== null && raw !== undefined && typeof raw !== "number";
  if (Array.isArray(parsed)) return parsed.some((item, index) => isLost(fieldOf(raw, index), item));
  return typeof parsed === "object" && Object.entries(parsed).some(([key, value]) => isLost(fieldOf(raw, key), value));
}

function hasItsSense(name: OuraRouteName, raw: unknown): boolean {
  switch (name) {
    case "sleep":
    case "sleep_with_series":
      return sleepTypes.includes(fieldOf(raw, "type"));
    case "heartrate":
      return typeof fieldOf(raw, "bpm") === "number" && typeof fieldOf(raw, "source") === "string";
    case "ring_battery_level":
      return typeof fieldOf(raw, "timestamp") === "string";
    default:
      return true;
  }
}

function fieldOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

import type { OuraRouteName } from "./routes.ts";

/**
 * Every type of a sleep record that Oura documents, including the types that do not count as sleep (`rest`, `deleted`).
 */
const sleepTypes: readonly unknown[] = ["long_sleep", "sleep", "late_nap", "rest", "deleted"];

/**
 * Whether a record is odd, which means that part of it could not be read. A record is odd if a value has another type
 * than Oura documents. It is also odd if the field that decides the meaning of the record, such as the type of a sleep,
 * has an unknown value or is missing. In any other field, null, an absent value or a number out of range does not make
 * the record odd, because Oura writes "not measured" in each of these ways.
 */
export function isOdd(name: OuraRouteName, raw: unknown, parsed: object): boolean {
  // Heart rates have thousands of rows. To save time, only the two fields that can be unreadable are checked for them.
  if (name === "heartrate") return !hasValidKeyFields(name, raw);
  return hasUnreadableValue(raw, parsed) || !hasValidKeyFields(name, raw);
}

/**
 * Whether Oura sent a value that could not be read. `raw` is what Oura sent, and `parsed` holds null in place of each
 * value that could not be read. A number in `raw` is never counted as unreadable, because parsing turns a number into
 * null only when it is out of range.
 */
function hasUnreadableValue(raw: unknown, parsed: unknown): boolean {
  if (parsed === null) return raw !== null && raw !== undefined && typeof raw !== "number";
  if (typeof parsed !== "object") return false;
  if (Array.isArray(parsed)) return parsed.some((item, index) => hasUnreadableValue(fieldOf(raw, index), item));
  // A loop without a list of the entries, because every field of every record is checked.
  for (const key in parsed) if (hasUnreadableValue(fieldOf(raw, key), fieldOf(parsed, key))) return true;
  return false;
}

/** Whether the fields that a record's meaning depends on are there. It is all there is to ask of a record without unreadable values. */
export function hasValidKeyFields(name: OuraRouteName, raw: unknown): boolean {
  switch (name) {
    case "sleep":
    case "sleep_with_series":
      // The type is null while Oura has not finished the record.
      return fieldOf(raw, "type") === null || sleepTypes.includes(fieldOf(raw, "type"));
    case "heartrate":
      return typeof fieldOf(raw, "bpm") === "number" && typeof fieldOf(raw, "source") === "string";
    case "workout_details":
      return ["activity", "start_datetime", "end_datetime"].every((key) => typeof fieldOf(raw, key) === "string");
    case "ring_battery_level":
      return typeof fieldOf(raw, "timestamp") === "string";
    default:
      return true;
  }
}

function fieldOf(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

import type { OuraRouteName } from "./routes.ts";

/**
 * Every type of a sleep record that Oura's documentation lists, including the types that do not count as sleep (`rest`,
 * `deleted`).
 */
const sleepTypes: readonly unknown[] = ["long_sleep", "sleep", "late_nap", "rest", "deleted"];

/**
 * Whether a record is odd, which means that part of it could not be read. A record is odd if a value has another type
 * than Oura's documentation states. A record is also odd if a field that decides its meaning, such as the type of a
 * sleep, is missing or has an unknown value. In any other field, null, an absent value and a number out of range are
 * normal. Oura writes "not measured" in each of these ways.
 */
export function isOdd(name: OuraRouteName, raw: unknown, parsed: object): boolean {
  // A heart rate row can only be unreadable in the fields `bpm` and `source`. To save time, only these two fields are
  // checked, because there are thousands of rows.
  if (name === "heartrate") return !hasValidKeyFields(name, raw);
  return hasUnreadableValue(raw, parsed) || !hasValidKeyFields(name, raw);
}

/**
 * Whether Oura sent a value that could not be read. `raw` is what Oura sent, and `parsed` holds null in place of each
 * value that could not be read. A number in `raw` is never counted as unreadable. Parsing turns a number into null only
 * when it is out of range, and Oura writes "not measured" in this way.
 */
function hasUnreadableValue(raw: unknown, parsed: unknown): boolean {
  if (parsed === null) return raw !== null && raw !== undefined && typeof raw !== "number";
  if (typeof parsed !== "object") return false;
  if (Array.isArray(parsed)) return parsed.some((item, index) => hasUnreadableValue(fieldOf(raw, index), item));
  // The loop makes no list of the entries, which saves time, because every field of every record is checked.
  for (const key in parsed) if (hasUnreadableValue(fieldOf(raw, key), fieldOf(parsed, key))) return true;
  return false;
}

/**
 * Whether the fields that decide the meaning of a record, such as the type of a sleep, are present and valid. If all
 * values of a record could be read, this check alone decides whether the record is odd (counted as not fully readable).
 */
export function hasValidKeyFields(name: OuraRouteName, raw: unknown): boolean {
  switch (name) {
    case "sleep":
    case "sleep_with_series":
      // The type is null while Oura has not finished the record, so null is valid.
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

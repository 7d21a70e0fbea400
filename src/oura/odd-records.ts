import type { OuraRouteName } from "./routes.ts";

/**
 * Every type of a sleep record that Oura documents, including the types that do not count as sleep (`rest`, `deleted`).
 */
const sleepTypes: readonly unknown[] = ["long_sleep", "sleep", "late_nap", "rest", "deleted"];

/**
 * Whether a record is odd, which means that part of it could not be read. There are two cases. A value has another type
 * than Oura documents, or a field that decides the meaning of the record has an unknown or missing value. A number out
 * of range is not odd, because Oura writes "not measured" in that way. In all other fields, a null or absent value also
 * means "not measured".
 */
export function isOdd(name: OuraRouteName, raw: unknown, parsed: object): boolean {
  // For heart rates, which have thousands of rows, only the two fields that can be unreadable are checked. This saves
  // time.
  if (name === "heartrate") return !hasValidKeyFields(name, raw);
  return hasUnreadableValue(raw, parsed) || !hasValidKeyFields(name, raw);
}

/**
 * Whether Oura sent a value that could not be read. `raw` is the value that Oura sent, and `parsed` is null where it
 * could not be read. Numbers do not count, because a number becomes null only when it is out of range.
 */
function hasUnreadableValue(raw: unknown, parsed: unknown): boolean {
  if (parsed === null) return raw !== null && raw !== undefined && typeof raw !== "number";
  if (Array.isArray(parsed)) return parsed.some((item, index) => hasUnreadableValue(fieldOf(raw, index), item));
  return (
    typeof parsed === "object" &&
    Object.entries(parsed).some(([key, value]) => hasUnreadableValue(fieldOf(raw, key), value))
  );
}

function hasValidKeyFields(name: OuraRouteName, raw: unknown): boolean {
  switch (name) {
    case "sleep":
    case "sleep_with_series":
      return fieldOf(raw, "type") === null || sleepTypes.includes(fieldOf(raw, "type")); // null: Oura has not finished the record
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

import type { OuraRouteName } from "./routes.ts";

/** Every sleep type Oura documents, including those that do not count as sleep. */
const sleepTypes: readonly unknown[] = ["long_sleep", "sleep", "late_nap", "rest", "deleted"];

/**
 * Whether part of a record could not be read: a value of another type than Oura documents, or an unknown or missing
 * value in a field that the record's meaning depends on. A number out of range is not odd, because Oura writes "not
 * measured" that way. In other fields, null or an absent value also means "not measured".
 */
export function isOdd(name: OuraRouteName, raw: unknown, parsed: object): boolean {
  if (name === "heartrate") return !hasValidKeyFields(name, raw); // thousands of rows, and no other field can be unreadable
  return hasUnreadableValue(raw, parsed) || !hasValidKeyFields(name, raw);
}

/** @param raw the value as Oura sent it; `parsed` has null where a value could not be read */
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
      return fieldOf(raw, "type") === null || sleepTypes.includes(fieldOf(raw, "type")); // null: not finished yet
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

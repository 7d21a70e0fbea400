import type { OuraRouteName } from "./routes.ts";

/** Every type that Oura's documentation lists. The types `rest` and `deleted` do not count as sleep. */
const sleepTypes: readonly unknown[] = ["long_sleep", "sleep", "late_nap", "rest", "deleted"];

/**
 * Whether part of a record could not be read. This is so if a value has another type than Oura's documentation states,
 * or if a field that decides the meaning of the record, such as the type of a sleep, is missing or unknown. In any
 * other field, null, an absent value and a number out of range mean "not measured".
 */
export function isOdd(name: OuraRouteName, raw: unknown, parsed: object): boolean {
  // In a heart rate row, only `bpm` and `source` can be unreadable. There are thousands of rows, so only these are
  // checked.
  if (name === "heartrate") return !hasValidKeyFields(name, raw);
  return hasUnreadableValue(raw, parsed) || !hasValidKeyFields(name, raw);
}

/**
 * Whether `parsed` holds null in place of a value of `raw` that could not be read. Parsing turns a number into null
 * only when the number is out of range. Oura writes such numbers for "not measured", so a number is never counted as
 * unreadable.
 */
function hasUnreadableValue(raw: unknown, parsed: unknown): boolean {
  if (parsed === null) return raw !== null && raw !== undefined && typeof raw !== "number";
  if (typeof parsed !== "object") return false;
  if (Array.isArray(parsed)) return parsed.some((item, index) => hasUnreadableValue(fieldOf(raw, index), item));
  // The loop goes through the keys directly. A list of the entries would cost time, because every field of every record
  // is checked.
  for (const key in parsed) if (hasUnreadableValue(fieldOf(raw, key), fieldOf(parsed, key))) return true;
  return false;
}

/** Whether the fields that decide the meaning of a record, such as the type of a sleep, are present and valid. */
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

import { upperFirst } from "./present.ts";

const units: Readonly<Record<string, string>> = {
  min: "min",
  bpm: "bpm",
  ms: "ms",
  pct: "%",
  sd: "SD",
};

/** The heading above a column: "asleep_min" → "Asleep (min)", "breath_per_min" → "Breath per min". */
export function nameColumn(column: string): string {
  const [, stem = column, unit] = /^(.+(?<!_per))_([a-z]+)$/.exec(column) ?? [];
  const known = unit === undefined ? undefined : units[unit];
  const words = (known ? stem : column).replaceAll("_", " ").replace(/\b(hr|hrv|rem)\b/g, (word) => word.toUpperCase());
  return `${upperFirst(words)}${known ? ` (${known})` : ""}`;
}

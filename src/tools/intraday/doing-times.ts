import type { HeartRateRow } from "../../analytics/intraday/heart-rate.ts";
import type { LocalTime } from "./local-time.ts";
import { sayClock } from "./local-time.ts";

/** A pause in a workout is shorter than this. */
const longestPauseMs = 10 * 60_000;

const mostTold = 3;

/** From the first to the last row of each time the ring saw its wearer do something; epoch ms. */
export function findSpells(source: string, rows: readonly HeartRateRow[]): { start: number; end: number }[] {
  const spells: { start: number; end: number }[] = [];
  for (const { at } of rows.filter((row) => row.source === source).toSorted((one, other) => one.at - other.at)) {
    const last = spells.at(-1);
    if (last && at - last.end <= longestPauseMs) last.end = at;
    else spells.push({ start: at, end: at });
  }
  return spells;
}

/** "07:05-07:40, 18:25-19:25" on the wearer's clock; null when it never was. */
export function sayTimesOf(source: string, rows: readonly HeartRateRow[], local: LocalTime): string | null {
  const spells = findSpells(source, rows);
  if (spells.length === 0) return null;
  const told = spells.slice(0, mostTold).map((spell) => {
    const [from, to] = [sayClock(spell.start, local), sayClock(spell.end, local)];
    return from === to ? from : `${from}-${to}`;
  });
  const more = spells.length - told.length;
  return `${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

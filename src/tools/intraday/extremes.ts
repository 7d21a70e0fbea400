import type { ExtremeReading, Extremes } from "../../analytics/intraday/heart-rate-extremes.ts";
import { formatDay } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { dayAt, type LocalTime, sayClock, sayInstant } from "./local-time.ts";

export function extremesTable({ lowest, highest }: Extremes, local: LocalTime): { columns: string[]; rows: Cell[][] } {
  return {
    columns: ["what", "bpm", "at", "source", "more_times"],
    rows: [
      ["lowest", lowest.bpm, sayInstant(lowest.at, local), lowest.source, lowest.again],
      ["highest", highest.bpm, sayInstant(highest.at, local), highest.source, highest.again],
    ],
  };
}

/** Example: "47 bpm at 04:12 (sleep) and 2 more times", if the heart rate was 47 bpm at three times. */
export function sayExtreme({ bpm, at, source, again }: ExtremeReading, withDay: boolean, local: LocalTime): string {
  const more = again === 0 ? "" : ` and ${again} more ${again === 1 ? "time" : "times"}`;
  return `${bpm} bpm at ${sayTime(at, withDay, local)} (${source})${more}`;
}

/** If the highest reading may be an error, the text also gives the next highest reading. */
export function sayHighest({ highest, lone }: Extremes, withDay: boolean, local: LocalTime): string {
  const said = `highest ${sayExtreme(highest, withDay, local)}`;
  if (lone === null) return said;
  const { next } = lone;
  return `${said}, which stands alone (else ${next.bpm} bpm at ${sayTime(next.at, withDay, local)}, ${next.source})`;
}

export function noteLone(extremes: Extremes | null, local: LocalTime): string[] {
  if (!extremes?.lone) return [];
  const { highest, lone } = extremes;
  return [
    `${highest.bpm} bpm at ${sayTime(highest.at, true, local)} stands alone: within ten minutes of it at most ${lone.nearby} bpm. A ring that slips can misread.`,
  ];
}

function sayTime(at: number, withDay: boolean, local: LocalTime): string {
  return withDay ? `${sayClock(at, local)} on ${formatDay(dayAt(at, local))}` : sayClock(at, local);
}

import * as z from "zod";
import type { Sleep } from "../../oura/night.ts";
import { localTime, sayTimes } from "../../words/night-words.ts";
import { formatList, formatMinutes, round } from "../../words/present.ts";
import { type Cell, tableShape } from "../../words/table.ts";
import type { ListedSleep } from "./list-sleeps.ts";
import { type FigureColumn, figureColumns, figureOf } from "./sleep-table.ts";

export const joinedSleep = z.object({ day: z.string(), kind: z.string(), why: z.string(), ...tableShape });

export function describeJoined(listed: readonly ListedSleep[]): z.output<typeof joinedSleep>[] {
  return listed.flatMap(({ day, kind, sleep }) => {
    if (sleep === null || sleep.parts.length === 1) return [];
    return [
      {
        day,
        kind,
        why: sayWhy(sleep),
        columns: ["start", "end", ...figureColumns.map(({ name }) => name)],
        rows: rowsOf(sleep),
      },
    ];
  });
}

function sayWhy({ parts }: Sleep): string {
  return `${formatList(parts.map(sayTimes))} count as one sleep, because ${sayBetween(parts)}.`;
}

function sayBetween(parts: Sleep["parts"]): string {
  let reach = Number.NEGATIVE_INFINITY;
  const between: number[] = [];
  for (const { start, end } of parts) {
    if (reach > Number.NEGATIVE_INFINITY) between.push(Math.round((start - reach) / 60_000));
    reach = Math.max(reach, end);
  }
  const gaps = between.filter((minutes) => minutes >= 0).map(formatMinutes);
  return [
    ...(gaps.length > 0 ? [`less than 3 hours lie between them (${gaps.join(", ")})`] : []),
    ...(gaps.length < between.length ? ["they overlap; no minute counts twice"] : []),
  ].join(", and ");
}

function rowsOf({ parts }: Sleep): Cell[][] {
  const columns = figureColumns.map((column) =>
    column.isSum ? roundInSum(column, parts) : parts.map((part) => figureOf(column, part)),
  );
  return parts.map(({ bedtime_start, bedtime_end }, index) => [
    localTime(bedtime_start),
    localTime(bedtime_end),
    ...columns.map((cells) => cells[index] ?? null),
  ]);
}

/** Rounds the figures of a sleep's parts in such a way that they add up to the rounded figure of the whole sleep. */
function roundInSum({ read, per, decimals }: FigureColumn, parts: Sleep["parts"]): (number | null)[] {
  let sum: number | null = 0;
  return parts.map((part) => {
    const before = sum;
    const value = read(part);
    sum = sum === null || value === null ? null : sum + value;
    const [until, from] = [sum, before].map((seconds) => (seconds === null ? null : round(seconds / per, decimals)));
    return until == null || from == null ? null : round(until - from, decimals);
  });
}

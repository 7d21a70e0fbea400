import { scaleBand, scaleLinear } from "d3-scale";
import { listDays, parseIsoDay } from "../../analytics/day.ts";
import { formatMinutes, meanOf } from "../../words/present.ts";
import { type Answer, type Cell, rowsOf } from "../answer.ts";
import type { Drawing, Figure, Plot } from "../drawing.ts";
import { sayDay, sayShortDay } from "../format.ts";
import { addBox, addGroup, createFrame, drawValueAxis } from "../frame.ts";
import { sayMissing } from "../say-missing.ts";
import { drawDayLabels, drawGaps } from "./days-axis.ts";
import { figuresOf, nightHeading } from "./night-drawing.ts";

const parts = [
  { column: "deep_min", label: "Deep", mark: "deep" },
  { column: "light_min", label: "Light", mark: "light" },
  { column: "rem_min", label: "REM", mark: "rem" },
  { column: "awake_min", label: "Awake", mark: "awake" },
] as const;

type Row = Record<string, Cell>;

/**
 * Draws the sleep stages of each night as a stack. A missing night leaves a gap, so that each night is above its own
 * day.
 */
export function drawNights(answer: Answer, readCourse: ((day: string) => void) | null): Drawing | null {
  const [start, end] = [answer.fields.start_date, answer.fields.end_date].map((day) => parseIsoDay(String(day)));
  if (!start || !end) return null;
  const rows = rowsOf(answer);
  const days = listDays({ start, end }).map((day) => ({
    day,
    night: rows.find((row) => row.day === day && row.kind === "night") ?? null,
    naps: rows.filter((row) => row.day === day && row.kind !== "night" && row.kind !== "unfinished"),
  }));
  const nights = days.flatMap(({ night }) => (night ? [night] : []));
  const only = days.length === 1 ? nights[0] : undefined;
  const gaps = sayMissing(answer, "night");
  const hasNaps = days.some(({ naps }) => naps.length > 0);
  return {
    heading: nightHeading(start, end),
    figures: only ? figuresOf(only) : nights.length === 0 ? [] : meanFigures(nights, days.length),
    legend: [
      ...parts.map(({ column, label, mark }) => ({
        label: only ? `${label} ${formatMinutes(minutesOf(only, column))}` : label,
        mark,
        shape: "box" as const,
      })),
      ...(hasNaps ? [{ label: "Nap or other sleep", mark: "nap", shape: "box" as const }] : []),
      ...(nights.length < days.length ? [{ label: "No night", mark: "missing", shape: "line" as const }] : []),
    ],
    ...(only && readCourse ? { action: { label: "Show its course", run: () => readCourse(String(only.day)) } } : {}),
    description: `Sleep stages of ${nights.length} of ${days.length} nights.`,
    plot: nights.length === 0 ? null : only ? (width) => plotOne(only, width) : (width) => plotAll(days, width),
    note: only || !gaps ? null : () => gaps,
    ...(nights.length === 0 ? { empty: gaps ?? answer.summary } : {}),
    tables: answer.tables,
  };
}

function meanFigures(nights: readonly Row[], days: number): Figure[] {
  const mean = (column: string) =>
    meanOf(nights.map((night) => (typeof night[column] === "number" ? night[column] : null)))?.mean ?? null;
  const [asleep, low, hrv] = [mean("asleep_min"), mean("hr_low_bpm"), mean("hrv_ms")];
  return [
    { label: "Nights measured", value: `${nights.length} of ${days}` },
    asleep === null ? null : { label: "Asleep, mean", value: formatMinutes(Math.round(asleep)) },
    low === null ? null : { label: "Resting heart rate, mean", value: `${low.toFixed(0)} bpm` },
    hrv === null ? null : { label: "HRV, mean", value: `${hrv.toFixed(0)} ms` },
  ].filter((figure) => figure !== null);
}

function minutesOf(row: Row, column: string): number {
  const value = row[column];
  return typeof value === "number" ? value : 0;
}

function plotOne(night: Row, width: number): Plot {
  const frame = createFrame(width, 48);
  const group = addGroup(frame, "stack");
  const total = parts.reduce((sum, { column }) => sum + minutesOf(night, column), 0);
  const x = scaleLinear([0, total || 1], [0, width]);
  let reached = 0;
  const stops = parts.map(({ column, label, mark }) => {
    const minutes = minutesOf(night, column);
    const [from, to] = [x(reached), x(reached + minutes)];
    addBox(group, `fill ${mark}`, { x: from, y: 8, width: to - from - 2, height: 30 }).attr("rx", 3);
    reached += minutes;
    return { x: (from + to) / 2, text: `${label}: ${formatMinutes(minutes)}` };
  });
  return { svg: frame.svg, top: 2, bottom: 44, stops };
}

function plotAll(days: readonly { day: string; night: Row | null; naps: Row[] }[], width: number): Plot {
  const [left, height] = [34, 190];
  const frame = createFrame(width, height + 22);
  const x = scaleBand(
    days.map(({ day }) => day),
    [left, width],
  ).padding(days.length > 45 ? 0.1 : 0.25);
  const longest = Math.max(
    60,
    ...days.map(({ night, naps }) =>
      [
        ...(night ? parts.map(({ column }) => minutesOf(night, column)) : []),
        ...naps.map((nap) => minutesOf(nap, "asleep_min")),
      ].reduce((sum, one) => sum + one, 0),
    ),
  );
  const y = scaleLinear([0, longest / 60], [height, 6]).nice(4);
  const group = addGroup(frame, "stack");
  drawValueAxis(group, y, { left, right: width, ticks: 4, format: (hours) => `${hours} h` });
  const stops = days.map(({ day, night, naps }) => {
    const middle = (x(day) ?? 0) + x.bandwidth() / 2;
    let reached = 0;
    const stack = (minutes: number, mark: string) => {
      const [from, to] = [y(reached / 60), y((reached + minutes) / 60)];
      addBox(group, `fill ${mark}`, { x: x(day) ?? 0, y: to, width: x.bandwidth(), height: from - to - 0.5 });
      reached += minutes;
    };
    if (night) for (const { column, mark } of parts) stack(minutesOf(night, column), mark);
    for (const nap of naps) stack(minutesOf(nap, "asleep_min"), "nap");
    return { x: middle, text: `${sayDay(day)}: ${describe(night, naps)}` };
  });
  const at = (index: number) => stops[index]?.x ?? 0;
  const nights = days.map(({ night }) => night);
  drawGaps(group, nights, { at, step: x.step(), foot: height });
  drawDayLabels(
    addGroup(frame, "days", height),
    days.map(({ day }) => day),
    (day) => (x(day) ?? 0) + x.bandwidth() / 2,
    width,
    sayShortDay,
  );
  return { svg: frame.svg, top: 6, bottom: height, stops };
}

function describe(night: Row | null, naps: readonly Row[]): string {
  const asleep = naps.map(
    (nap) => `${nap.kind === "nap" ? "nap" : "other sleep"} ${formatMinutes(minutesOf(nap, "asleep_min"))}`,
  );
  const main = night ? `asleep ${formatMinutes(minutesOf(night, "asleep_min"))}` : "no night";
  return [main, ...asleep].join(", ");
}

import { scaleBand, scaleLinear } from "d3-scale";
import { sayLoneHighest } from "../../words/lone-highest.ts";
import { type Answer, rowsOf } from "../answer.ts";
import type { Drawing, Plot } from "../drawing.ts";
import { sayDay, sayShortDay } from "../format.ts";
import { addBox, addGroup, addLabel, createFrame, drawValueAxis, extentOf } from "../frame.ts";
import { drawDayLabels, drawGaps } from "./days-axis.ts";

interface HeartDay {
  day: string;
  min: number | null;
  mean: number | null;
  max: number | null;
}

/** Draws each day as a bar from the lowest to the highest heart rate, with a mark at the mean. */
export function drawHeartDays(answer: Answer): Drawing {
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  const days = rowsOf(answer, "By day").map((row) => ({
    day: String(row.day),
    min: number(row.min_bpm),
    mean: number(row.mean_bpm),
    max: number(row.max_bpm),
  }));
  const measured = days.filter(({ mean }) => mean !== null);
  const [first, last] = [days[0]?.day ?? "", days.at(-1)?.day ?? ""];
  const lowest = Math.min(...measured.map(({ min }) => min ?? Number.POSITIVE_INFINITY));
  const highest = Math.max(...measured.map(({ max }) => max ?? 0));
  const loneHighest = sayLoneHighest(measured, sayShortDay);
  return {
    heading: `Heart rate, ${sayShortDay(first)} – ${sayShortDay(last)}`,
    figures: [
      { label: "Days measured", value: `${measured.length} of ${days.length}` },
      ...(measured.length > 0
        ? [
            { label: "Lowest", value: `${lowest} bpm` },
            { label: "Highest", value: `${highest} bpm` },
          ]
        : []),
    ],
    legend: [
      { label: "Lowest to highest", mark: "span", shape: "box" },
      { label: "Mean, weighted by time", mark: "heart", shape: "line" },
      ...(measured.length < days.length ? [{ label: "No data", mark: "missing", shape: "line" as const }] : []),
    ],
    description: `Lowest, mean and highest heart rate of ${measured.length} of ${days.length} days.`,
    plot: measured.length === 0 ? null : (width) => plot(days, width),
    note: loneHighest === null ? null : () => loneHighest,
    tables: answer.tables,
  };
}

function plot(days: readonly HeartDay[], width: number): Plot {
  const [left, height, top] = [36, 190, 24];
  const frame = createFrame(width, height + 22);
  const x = scaleBand(
    days.map(({ day }) => day),
    [left, width],
  ).padding(0.35);
  const y = scaleLinear(extentOf(days.flatMap(({ min, max }) => [min, max])) ?? [40, 100], [height, top]);
  const group = addGroup(frame, "heart");
  drawValueAxis(group, y, { left, right: width, ticks: 4, format: String });
  addLabel(group, left, 12, "Heart rate (bpm)", "label strong");
  const stops = days.map(({ day, min, mean, max }) => {
    const start = x(day) ?? 0;
    const middle = start + x.bandwidth() / 2;
    if (min === null || mean === null || max === null) return { x: middle, text: `${sayDay(day)}: no data` };
    addBox(group, "fill span", { x: start, y: y(max), width: x.bandwidth(), height: y(min) - y(max) }).attr("rx", 2);
    addBox(group, "fill heart", { x: start - 1, y: y(mean) - 1.5, width: x.bandwidth() + 2, height: 3 });
    return { x: middle, text: `${sayDay(day)}: ${min} to ${max} bpm, mean ${mean} bpm` };
  });
  const [first = 0, second = left + x.step()] = stops.map((stop) => stop.x);
  drawGaps(
    group,
    days.map(({ mean }) => mean),
    { at: (index) => first + index * (second - first), step: x.step(), foot: height },
  );
  drawDayLabels(
    addGroup(frame, "days", height),
    days.map(({ day }) => day),
    (day) => (x(day) ?? 0) + x.bandwidth() / 2,
    width,
    sayShortDay,
  );
  return { svg: frame.svg, top, bottom: height, stops };
}

import type { DrawnMetric, Values } from "../../words/pictures.ts";
import { nameWithUnit } from "../format.ts";
import { addBox, addCourse, addLabel, drawValueAxis, type Group } from "../frame.ts";
import { drawGaps } from "./days-axis.ts";
import { scaleFor, ticksOf, unrollAround } from "./metric-scale.ts";

export const panelLeft = 44;
export const panelHeight = 54;
/** In pixels. In a view of at least this width, small plots are in two columns. */
export const wideFrom = 560;

export function panelsFor(width: number): number {
  return width >= wideFrom ? 6 : 3;
}

/** A metric's values by day, with the range that was usual for the person on each day. */
export interface Banded extends DrawnMetric {
  values: Values;
  low: Values;
  high: Values;
}

interface Place {
  at(index: number): number;
  /** In pixels. */
  step: number;
  panelWidth: number;
  isMarked(index: number): boolean;
}

/** Draws a small plot of daily values on top of the range that is usual for the person. Marked days are dots. */
export function drawBandPanel(group: Group, metric: Banded, { at, step, panelWidth, isMarked }: Place): void {
  const onLine = unrollAround(metric, metric.values);
  const [values, low, high] = [metric.values, metric.low, metric.high].map((list) => list.map(onLine));
  if (!values || !low || !high) return;
  const y = scaleFor(metric, [...values, ...low, ...high], [panelHeight - 2, 2]);
  const { at: ticks, say } = ticksOf(metric, y, 2);
  low.forEach((lowest, index) => {
    const highest = high[index];
    if (lowest === null || highest === null || highest === undefined) return;
    addBox(group, "fill usual", {
      x: at(index) - step / 2,
      y: y(highest),
      width: step + 0.3,
      height: y(lowest) - y(highest),
    });
  });
  drawValueAxis(group, y, { left: panelLeft, right: panelWidth, ticks: 2, format: say }, ticks);
  addLabel(group, panelLeft, -6, nameWithUnit(metric), "label strong");
  addCourse(
    group,
    "line daily",
    values.map((value, index) => (value === null ? null : [at(index), y(value)])),
  );
  drawGaps(group, metric.values, { at, step, foot: panelHeight });
  values.forEach((value, index) => {
    if (value !== null && (isMarked(index) || isAlone(values, index)))
      group
        .append("circle")
        .attr("class", `fill ${isMarked(index) ? "flag" : "daily"}`)
        .attr("cx", at(index))
        .attr("cy", y(value))
        .attr("r", isMarked(index) ? 3.4 : 2.4);
  });
}

/**
 * Whether there is no value on the day before and none on the day after. A line cannot connect such a value to another
 * value, so it is drawn as a dot.
 */
function isAlone(values: readonly (number | null)[], index: number): boolean {
  return (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
}

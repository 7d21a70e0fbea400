import { type Axis, axisBottom, axisLeft } from "d3-axis";
import type { ScaleLinear, ScaleTime } from "d3-scale";
import { create, type Selection } from "d3-selection";

export type Group = Selection<SVGGElement, undefined, null, undefined>;
export type TimeScale = ScaleTime<number, number>;
export type ValueScale = ScaleLinear<number, number>;

export interface Frame {
  svg: SVGSVGElement;
  root: Selection<SVGSVGElement, undefined, null, undefined>;
}

export function createFrame(width: number, height: number): Frame {
  const root = create("svg")
    .attr("width", width)
    .attr("height", height)
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("aria-hidden", "true"); // screen readers read the slider around this SVG instead
  const svg = root.node();
  if (svg === null) throw new Error("no SVG");
  return { svg, root };
}

export function addGroup(frame: Frame, name: string, y = 0): Group {
  return frame.root.append("g").attr("class", name).attr("transform", `translate(0,${y})`);
}

/**
 * The axis of a short nap has several ticks within one minute. They would all have the same label, so only ticks on
 * whole minutes are drawn.
 */
export function isWholeMinute(at: Date): boolean {
  return at.getTime() % 60_000 === 0;
}

export function drawTimeAxis(group: Group, scale: TimeScale, format: (date: Date) => string): void {
  const [left = 0, right = 0] = scale.range();
  const ticks = scale.ticks(Math.max(2, Math.floor((right - left) / 64)));
  const axis = axisBottom<Date>(scale).tickValues(ticks.filter(isWholeMinute));
  styleAxis(group.append("g"), axis.tickFormat(format).tickSizeOuter(0));
}

interface ValueAxis {
  left: number;
  right: number;
  ticks: number;
  format(value: number): string;
}

/**
 * Draws the axis with values to the left of a plot, and a faint line across the plot at each value.
 * @param marks the values to label; by default, round numbers that the scale chooses
 */
export function drawValueAxis(
  group: Group,
  scale: ValueScale,
  { left, right, ticks, format }: ValueAxis,
  marks = scale.ticks(ticks),
): void {
  // In a narrow range several values have the same rounded label. Only the first of them is kept.
  const shown = new Set<string>();
  const distinct = marks.filter((value) => !shown.has(format(value)) && shown.add(format(value)));
  const axis = axisLeft<number>(scale)
    .tickValues(distinct)
    .tickFormat(format)
    .tickSize(left - right);
  const drawn = group.append("g").attr("transform", `translate(${left},0)`);
  styleAxis(drawn, axis);
  drawn.selectAll(".tick text").attr("x", -6);
}

function styleAxis<Domain>(group: Group, axis: Axis<Domain>): void {
  group.attr("class", "axis").call(axis);
  group.selectAll("[font-size]").attr("font-size", null);
  group.attr("font-size", null).attr("font-family", null);
  group.select(".domain").remove();
}

export function addLabel(group: Group, x: number, y: number, text: string, name = "label", anchor = "start"): void {
  group.append("text").attr("class", name).attr("x", x).attr("y", y).attr("text-anchor", anchor).text(text);
}

export function addBox(group: Group, name: string, box: { x: number; y: number; width: number; height: number }) {
  return group
    .append("rect")
    .attr("class", name)
    .attr("x", box.x)
    .attr("y", box.y)
    .attr("width", Math.max(0, box.width))
    .attr("height", Math.max(0, box.height));
}

export function addLine(group: Group, name: string, [x1, y1]: [number, number], [x2, y2]: [number, number]): void {
  group.append("line").attr("class", name).attr("x1", x1).attr("y1", y1).attr("x2", x2).attr("y2", y2);
}

/**
 * Draws a line that breaks at each missing point. A single point between two missing points has no line. It is drawn as
 * a line of length zero, and the round ends of the line make it a dot.
 */
export function addCourse(group: Group, name: string, points: readonly ([number, number] | null)[]): void {
  const steps = points.map((point, index) => {
    if (point === null) return "";
    const [isFirst, isLast] = [index - 1, index + 1].map((next) => (points[next] ?? null) === null);
    return `${isFirst ? "M" : "L"}${point.map((one) => one.toFixed(1)).join()}${isFirst && isLast ? "Z" : ""}`;
  });
  group.append("path").attr("class", name).attr("d", steps.join(""));
}

/**
 * The two ends of a plot's scale: a little below the lowest value and a little above the highest value. The ends are at
 * least `least` apart, so that the scale is never too narrow. Null when there are no values.
 */
export function extentOf(values: readonly (number | null | undefined)[], least = 1): [number, number] | null {
  const present = values.filter((value) => typeof value === "number");
  if (present.length === 0) return null;
  const [low, high] = [Math.min(...present), Math.max(...present)];
  const room = Math.max((high - low) * 0.08, (least - (high - low)) / 2, 0);
  return [low - room, high + room];
}

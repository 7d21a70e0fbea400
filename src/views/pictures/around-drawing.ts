import { scaleLinear } from "d3-scale";
import { addDays } from "../../analytics/day.ts";
import type { AroundPicture, DrawnAround } from "../../words/pictures.ts";
import { formatSigned } from "../../words/present.ts";
import type { Answer } from "../answer.ts";
import type { Drawing, Plot } from "../drawing.ts";
import { sayDay, sayValue } from "../format.ts";
import { addGroup, addLabel, addLine, createFrame, type Frame } from "../frame.ts";
import { drawBandPanel, panelHeight, panelLeft, panelsFor, wideFrom } from "./band-panel.ts";

const panelStep = panelHeight + 24;

/**
 * Draws one small plot for each metric on the days around an event, with the range that is usual for the person. Days
 * outside this range are marked.
 */
export function drawAround(answer: Answer, picture: AroundPicture): Drawing {
  const { day, events, metrics } = picture;
  const hasOutside = metrics.some(({ outside }) => outside.includes(true));
  return {
    heading: day ? `Around ${sayDay(day)}` : `Around ${events} evenings, on average`,
    figures: [],
    legend: [
      { label: day ? "Usual before" : "Usual for one night", mark: "usual", shape: "box" },
      ...(hasOutside ? [{ label: "Outside usual", mark: "flag", shape: "dot" as const }] : []),
      ...(metrics.some(({ values }) => values.includes(null))
        ? [{ label: "No data", mark: "missing", shape: "line" as const }]
        : []),
    ],
    description: `${metrics.map(({ label }) => label).join(", ")} on the days around ${day ? sayDay(day) : `${events} evenings`}.`,
    plot: (width) => plotAround(picture, width),
    note: (width) => noteOn(picture, width),
    tables: answer.tables,
  };
}

/** Explains the line at day 0 and the band of the usual range, and names the metrics that the plot has no room for. */
function noteOn({ day, metrics }: AroundPicture, width: number): string {
  const left = metrics.slice(panelsFor(width)).map(({ label }) => label);
  return [
    day
      ? "Day 0 is the day of the event, and the night after it belongs to day 1. Usual is the range of eight in ten of the 60 nights before."
      : "Day 0 is the day of each evening, and the night after it belongs to day 1. Each mean is in standard deviations (SD) from usual. Eight in ten single nights lie within the band.",
    left.length > 0 ? `The table has ${left.length} more${width >= wideFrom ? `: ${left.join(", ")}` : ""}.` : null,
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function plotAround(picture: AroundPicture, width: number): Plot {
  const { firstOffset, metrics } = picture;
  const columns = width >= wideFrom && metrics.length > 1 ? 2 : 1;
  const panels = metrics.slice(0, panelsFor(width));
  const count = panels[0]?.values.length ?? 0;
  const panelWidth = (width - (columns - 1) * 20) / columns;
  const bottom = Math.ceil(panels.length / columns) * panelStep;
  const frame = createFrame(width, bottom + 22);
  // Each day has a band, and the middle of the band is at the day's position. The first and the last position are
  // therefore half a band away from the edges of the panel.
  const inset = (panelWidth - panelLeft) / count / 2;
  const x = scaleLinear([0, count - 1], [panelLeft + inset, panelWidth - inset]);
  panels.forEach((metric, index) => {
    const shift = (index % columns) * (panelWidth + 20);
    const panel = addGroup(frame, "panel", Math.floor(index / columns) * panelStep + 20)
      .append("g")
      .attr("transform", `translate(${shift},0)`);
    drawBandPanel(panel, metric, {
      at: x,
      step: x(1) - x(0),
      panelWidth,
      isMarked: (at) => metric.outside[at] === true,
    });
    addLine(panel, "window", [x(-firstOffset), 0], [x(-firstOffset), panelHeight]);
  });
  for (let column = 0; column < columns; column += 1)
    drawOffsets(frame, bottom, firstOffset, count, (index) => column * (panelWidth + 20) + x(index));
  const stops = Array.from({ length: count }, (_, index) => ({
    x: x(index),
    text: `${sayWhen(picture, firstOffset + index)}: ${panels.map((metric) => sayOn(metric, index)).join("; ")}`,
  }));
  return { svg: frame.svg, top: 16, bottom, stops };
}

function drawOffsets(frame: Frame, y: number, first: number, count: number, at: (index: number) => number): void {
  const group = addGroup(frame, "days", y);
  for (let index = 0; index < count; index += 1) {
    const offset = first + index;
    if (offset % 3 === 0) addLabel(group, at(index), 14, formatSigned(offset), "label", "middle");
  }
}

function sayWhen({ day }: AroundPicture, offset: number): string {
  const counted = offset === 0 ? "Day 0" : `Day ${formatSigned(offset)}`;
  return day ? `${counted}, ${sayDay(addDays(day, offset))}` : counted;
}

function sayOn(metric: DrawnAround, index: number): string {
  const { label, values, outside, counts } = metric;
  const value = values[index] ?? null;
  const said =
    value !== null && metric.unit === "SD"
      ? `${formatSigned(value, 1)} SD (n ${counts[index]})`
      : sayValue(value, metric);
  return `${label} ${said}${outside[index] ? " (outside usual)" : ""}`;
}

import { scaleUtc } from "d3-scale";
import { addDays } from "../../analytics/day.ts";
import type { AnomaliesPicture } from "../../words/pictures.ts";
import type { Answer } from "../answer.ts";
import type { Drawing, Plot } from "../drawing.ts";
import { dayOf, daysFrom, sayShortDay, sayValue } from "../format.ts";
import { addBox, addGroup, createFrame } from "../frame.ts";
import { drawBandPanel, panelHeight, panelLeft, panelsFor, wideFrom } from "./band-panel.ts";
import { drawDayLabels } from "./days-axis.ts";

type Metric = AnomaliesPicture["metrics"][number];

const panelStep = panelHeight + 24;

/**
 * Draws one small plot for each metric: the daily values, the range that was usual for the person at that time, and the
 * runs of unusual days.
 */
export function drawAnomalies(answer: Answer, picture: AnomaliesPicture): Drawing {
  const flagged = picture.metrics.filter(({ runs }) => runs.length > 0);
  const days = picture.metrics[0]?.values.length ?? 0;
  const last = addDays(picture.firstDay, days - 1);
  const measured = picture.metrics.filter(({ values }) => values.some((value) => value !== null));
  const hasUsual = measured.some(({ low }) => low.some((value) => value !== null));
  const heading = `Unusual days, ${sayShortDay(picture.firstDay)} – ${sayShortDay(last)}`;
  if (!hasUsual) return drawTooLittleHistory(answer, picture, heading);
  const expected = answer.fields.expected_on_ordinary_days;
  return {
    heading,
    figures: [
      { label: "With unusual days", value: `${flagged.length} of ${measured.length} metrics` },
      { label: "Several signs together", value: saySpells(picture.together.length) },
    ],
    legend: [
      { label: "Usual then", mark: "usual", shape: "box" },
      ...(flagged.length > 0 ? [{ label: "Unusual", mark: "flag", shape: "dot" as const }] : []),
      ...(picture.together.length > 0 ? [{ label: "Signs together", mark: "together", shape: "box" as const }] : []),
      ...(measured.some(({ values }) => values.includes(null))
        ? [{ label: "No data", mark: "missing", shape: "line" as const }]
        : []),
    ],
    description: `Small plots of ${flagged.length} metrics with unusual days.`,
    plot: (width) => plotPanels(picture, width),
    note: (width) => noteOn(picture, flagged, width, expected),
    tables: answer.tables,
  };
}

/**
 * For a person with too little history to know what is usual. Lines without a usual range would look like an answer, so
 * the text says how many days are needed.
 */
function drawTooLittleHistory(answer: Answer, { metrics, neededDays }: AnomaliesPicture, heading: string): Drawing {
  const counts = metrics.map(({ values }) => values.filter((value) => value !== null).length);
  const most = Math.max(0, ...counts);
  return {
    heading,
    figures: [
      { label: "Days measured", value: String(most) },
      { label: "Days needed first", value: String(neededDays) },
    ],
    legend: [],
    description: "",
    plot: null,
    note: null,
    tables: answer.tables,
    empty: `What is usual for you is not known yet: that takes ${neededDays} measured days. Keep wearing the ring. Then unusual days are marked here.`,
  };
}

function saySpells(count: number): string {
  return count === 0 ? "None" : `${count} ${count === 1 ? "spell" : "spells"}`;
}

/**
 * Says how many days would be marked by chance if all days were ordinary, and which metrics the plot has no room for.
 */
function noteOn(picture: AnomaliesPicture, flagged: readonly Metric[], width: number, expected: unknown): string {
  const shown = choosePanels(picture, panelsFor(width));
  const left = flagged.filter((metric) => !shown.includes(metric)).map(({ label }) => label);
  return [
    flagged.length > 0 ? null : "Nothing unusual in these days.",
    typeof expected === "number" && expected > 0 ? `Chance alone would mark ${sayExpected(expected)}.` : null,
    left.length > 0 ? `The table has ${left.length} more${width >= wideFrom ? `: ${left.join(", ")}` : ""}.` : null,
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function sayExpected(count: number): string {
  return count < 1 ? "less than one day" : `about ${Math.round(count)} ${count < 1.5 ? "day" : "days"}`;
}

function choosePanels({ metrics }: AnomaliesPicture, most: number): Metric[] {
  const flaggedDays = ({ runs }: Metric) => runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const measured = metrics.filter(({ values }) => values.some((value) => value !== null));
  const flagged = measured.filter(({ runs }) => runs.length > 0);
  return (flagged.length > 0 ? flagged : measured)
    .toSorted((one, other) => flaggedDays(other) - flaggedDays(one))
    .slice(0, most);
}

function plotPanels(picture: AnomaliesPicture, width: number): Plot {
  const columns = width >= wideFrom ? 2 : 1;
  const panels = choosePanels(picture, panelsFor(width));
  const rows = Math.ceil(panels.length / columns);
  const days = daysFrom(picture.firstDay, panels[0]?.values.length ?? 0);
  const panelWidth = (width - (columns - 1) * 20) / columns;
  const bottom = rows * panelStep;
  const frame = createFrame(width, bottom + 22);
  // Each day has a band, and the middle of the band is at the day's position. The first and the last position are
  // therefore half a band away from the edges of the panel.
  const inset = Math.max(4, (panelWidth - panelLeft) / days.length / 2);
  const x = scaleUtc([dayOf(days[0] ?? ""), dayOf(days.at(-1) ?? "")], [panelLeft + inset, panelWidth - inset]);
  const at = (index: number) => x(dayOf(days[index] ?? ""));
  panels.forEach((metric, index) => {
    const group = addGroup(frame, "panel", Math.floor(index / columns) * panelStep + 20);
    const shift = (index % columns) * (panelWidth + 20);
    const panel = group.append("g").attr("transform", `translate(${shift},0)`);
    const step = at(1) - at(0) || panelWidth - panelLeft;
    for (const [from, to] of picture.together)
      addBox(panel, "wash together", {
        x: at(from) - step / 2,
        y: 0,
        width: at(to) - at(from) + step,
        height: panelHeight,
      });
    const isMarked = (day: number) => metric.runs.some(([from, to]) => day >= from && day <= to);
    drawBandPanel(panel, metric, { at, step, panelWidth, isMarked });
  });
  for (let column = 0; column < columns; column += 1) {
    const group = addGroup(frame, "days", bottom)
      .append("g")
      .attr("transform", `translate(${column * (panelWidth + 20)},0)`);
    drawDayLabels(group, days, (day) => x(dayOf(day)), panelWidth, sayShortDay);
  }
  const stops = days.map((day, index) => ({
    x: at(index),
    text: `${sayShortDay(day)}: ${panels
      .slice(0, 3)
      .map((metric) => sayDayOf(metric, index))
      .join("; ")}`,
  }));
  return { svg: frame.svg, top: 16, bottom, stops };
}

function sayDayOf(metric: Metric, index: number): string {
  const unusual = metric.runs.some(([from, to]) => index >= from && index <= to);
  return `${metric.label} ${sayValue(metric.values[index] ?? null, metric)}${unusual ? " (unusual)" : ""}`;
}

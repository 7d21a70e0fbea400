import { scaleUtc } from "d3-scale";
import { addDays, type IsoDay } from "../../analytics/day.ts";
import type { TrendPicture } from "../../words/pictures.ts";
import { formatSigned } from "../../words/present.ts";
import { type Answer, rowsOf, type Table } from "../answer.ts";
import type { Drawing, Figure, Plot } from "../drawing.ts";
import { dayOf, daysFrom, nameWithUnit, sayDay, sayShortDay, sayValue } from "../format.ts";
import { addBox, addCourse, addGroup, addLabel, addLine, createFrame, drawValueAxis } from "../frame.ts";
import { drawDayLabels, drawGaps } from "./days-axis.ts";
import { scaleFor, ticksOf, unrollAround } from "./metric-scale.ts";

type Metric = TrendPicture["metrics"][number];

const directions: Readonly<Record<string, string>> = {
  rising: "Rising",
  falling: "Falling",
  no_clear_trend: "No clear trend",
  too_little_history: "Too few days",
};

/**
 * Draws one metric: its daily values, their rolling mean, and the range that was usual for the person before the window
 * (the days that the trend is about).
 */
export function drawTrend(
  answer: Answer,
  picture: TrendPicture,
  chosen: number,
  choose: (index: number) => void,
): Drawing {
  const metric = picture.metrics[chosen];
  if (!metric) throw new Error("no such metric");
  const { windowDays, firstDay, metrics } = picture;
  const measured = metric.values.filter((value) => value !== null).length;
  return {
    heading: `${metrics.length > 1 ? "" : `${metric.label}, `}${windowDays} days to ${sayDay(addDays(firstDay, metric.values.length - 1))}`,
    figures: figuresOf(answer, metric, windowDays),
    legend: [
      { label: "Each day", mark: "daily", shape: "dot" },
      ...(metric.means.some((mean) => mean !== null)
        ? [{ label: `Mean of ${windowDays} days`, mark: "mean", shape: "line" as const }]
        : []),
      ...(metric.usual ? [{ label: "Usual before", mark: "usual", shape: "box" as const }] : []),
      ...(measured < metric.values.length ? [{ label: "No data", mark: "missing", shape: "line" as const }] : []),
    ],
    ...(metrics.length > 1
      ? { choice: { label: "Metric", options: metrics.map(({ label }) => label), chosen, choose } }
      : {}),
    description: `${metric.label} of ${measured} of ${metric.values.length} days with the rolling mean of ${windowDays} days.`,
    plot: measured === 0 ? null : (width) => plotTrend(picture, metric, width),
    note: noteOn(metric, measured),
    tables: [...answer.tables, dailyTable(picture, metric)],
  };
}

function noteOn({ usual, direction }: Metric, measured: number): (() => string) | null {
  if (usual) return () => "Usual: the range of 8 in 10 of 60 earlier days.";
  if (direction === "too_little_history")
    return () => `${measured} ${measured === 1 ? "day is" : "days are"} too few to see a trend. Keep wearing the ring.`;
  return null;
}

function figuresOf(answer: Answer, metric: Metric, windowDays: number): Figure[] {
  const row = rowsOf(answer).find((candidate) => candidate.metric === metric.id) ?? {};
  const { mean, vs_window_pct: percent, vs_window_sd: sds, n } = row;
  const change =
    typeof percent === "number"
      ? `${formatSigned(percent)} %`
      : typeof sds === "number"
        ? `${formatSigned(sds)} SD`
        : null;
  return [
    mean === null || mean === undefined
      ? null
      : { label: "Mean", value: typeof mean === "number" ? sayValue(mean, metric) : mean },
    change ? { label: "Against the days before", value: change } : null,
    { label: "Direction", value: directions[metric.direction] ?? metric.direction.replaceAll("_", " ") },
    typeof n === "number" ? { label: "Days measured", value: `${n} of ${windowDays}` } : null,
  ].filter((figure) => figure !== null);
}

function dailyTable({ firstDay, windowDays }: TrendPicture, metric: Metric): Table {
  return {
    name: `${metric.label} by day`,
    columns: ["day", metric.label, `mean of ${windowDays} days`],
    rows: daysFrom(firstDay, metric.values.length)
      .map((day, index) => [
        day,
        sayValue(metric.values[index] ?? null, metric),
        sayValue(metric.means[index] ?? null, { ...metric, decimals: metric.decimals + 1 }),
      ])
      .toReversed(),
  };
}

/**
 * If the first half of the days has no data, the days before the first value are cut off. A new user, for example, has
 * no data from the time before the ring. The last two weeks are always kept, even if they have no data.
 */
function withoutLeadingGap(picture: TrendPicture, metric: Metric): { firstDay: IsoDay; metric: Metric } {
  const { values, means } = metric;
  const first = values.findIndex((value) => value !== null);
  const from = first < values.length / 2 ? 0 : Math.max(0, Math.min(first, values.length - 14));
  return {
    firstDay: addDays(picture.firstDay, from),
    metric: { ...metric, values: values.slice(from), means: means.slice(from) },
  };
}

function plotTrend(picture: TrendPicture, whole: Metric, width: number): Plot {
  const { windowDays } = picture;
  const { firstDay, metric } = withoutLeadingGap(picture, whole);
  const [left, height, top] = [44, width < 480 ? 160 : 206, 18];
  const onLine = unrollAround(metric, metric.values);
  const [values, means] = [metric.values.map(onLine), metric.means.map(onLine)];
  const usual = metric.usual ? { low: onLine(metric.usual.low) ?? 0, high: onLine(metric.usual.high) ?? 0 } : null;
  const days = daysFrom(firstDay, values.length);
  const frame = createFrame(width, height + 22);
  const x = scaleUtc([dayOf(days[0] ?? ""), dayOf(days.at(-1) ?? "")], [left + 6, width - 6]);
  const y = scaleFor(metric, [...values, ...means, usual?.low ?? null, usual?.high ?? null], [height - 12, top]);
  const at = (index: number) => x(dayOf(days[index] ?? ""));
  const group = addGroup(frame, "trend");

  if (usual)
    addBox(group, "fill usual", {
      x: left,
      y: y(usual.high),
      width: width - left,
      height: y(usual.low) - y(usual.high),
    });
  const { at: ticks, say } = ticksOf(metric, y, 4);
  drawValueAxis(group, y, { left, right: width, ticks: 4, format: say }, ticks);
  const windowStart = values.length - windowDays;
  if (windowStart > 0) {
    addLine(group, "window", [at(windowStart) - 2, 4], [at(windowStart) - 2, height]);
    addLabel(group, at(windowStart) + 3, 12, `last ${windowDays} days`);
  }
  const unit = nameWithUnit({ label: "", unit: metric.unit }).trim();
  if (unit) addLabel(group, 0, 12, unit.slice(1, -1));
  drawGaps(group, values, { at, step: at(1) - at(0), foot: height });
  values.forEach((value, index) => {
    if (value !== null)
      group
        .append("circle")
        .attr("class", "fill daily")
        .attr("cx", at(index))
        .attr("cy", y(value))
        .attr("r", values.length > 120 ? 1.6 : 2.6);
  });
  addCourse(
    group,
    "line mean",
    means.map((mean, index) => (mean === null ? null : [at(index), y(mean)])),
  );
  drawDayLabels(addGroup(frame, "days", height), days, (day) => x(dayOf(day)), width, sayShortDay);
  const stops = days.map((day, index) => {
    const mean = metric.means[index] ?? null;
    const rolling = mean === null ? "" : `, mean ${sayValue(mean, metric)}`;
    return { x: at(index), text: `${sayDay(day)}: ${sayValue(metric.values[index] ?? null, metric)}${rolling}` };
  });
  return { svg: frame.svg, top: 4, bottom: height, stops };
}

import { scaleBand } from "d3-scale";
import type { DrawnGroup, DrawnGroups, GroupsPicture } from "../../words/pictures.ts";
import { sayDays } from "../../words/present.ts";
import type { Answer } from "../answer.ts";
import type { Drawing, Figure, Plot } from "../drawing.ts";
import { nameWithUnit, sayTick } from "../format.ts";
import { addBox, addGroup, addLabel, createFrame, drawValueAxis, type Group } from "../frame.ts";
import { drawGaps } from "./days-axis.ts";
import { scaleFor, ticksOf } from "./metric-scale.ts";

const left = 44;
/**
 * In pixels: the approximate widths of one letter, and of the number above a column. A label that would not fit is left
 * out.
 */
const letterWidth = 7;
const valueWidth = 38;

/**
 * Draws groups of days, such as months. Means of amounts, such as steps, are columns from zero. The mean of any other
 * metric is a line on a bar that covers the middle half of the group's daily values.
 */
export function drawGroups(
  answer: Answer,
  { groupedBy, days, metrics }: GroupsPicture,
  chosen: number,
  choose: (index: number) => void,
): Drawing {
  const metric = metrics[chosen] ?? metrics[0];
  if (!metric) throw new Error("no metric");
  const { label, groups, isAmount } = metric;
  const withMean = groups.filter(({ mean }) => mean !== null);
  const without = groups.filter(({ mean }) => mean === null);
  // A group can lack a mean for two reasons: it has values on fewer than half of its days, or its clock times are
  // spread over the whole day. The legend gives the first reason only if this reason applies to every group that has no
  // mean.
  const isFew = without.every(({ n, days: all }) => n * 2 < all);
  const names = metrics.length > 1 ? "By" : `${label} by`;
  return {
    heading: `${names} ${groupedBy}, ${sayDays(days)}`,
    figures: figuresOf(metric),
    legend: [
      { label: isAmount ? "Mean of a day" : "Mean", mark: "mean", shape: isAmount ? "box" : "line" },
      ...(groups.some(({ differs }) => differs)
        ? [{ label: "More than ordinary ups and downs", mark: "flag", shape: "box" as const }]
        : []),
      ...(!isAmount && groups.some(({ middle }) => middle)
        ? [{ label: "Middle half of its days", mark: "usual", shape: "box" as const }]
        : []),
      ...(without.length > 0
        ? [{ label: isFew ? "No mean: under half measured" : "No mean", mark: "missing", shape: "line" as const }]
        : []),
    ],
    ...(metrics.length > 1
      ? { choice: { label: "Metric", options: metrics.map((one) => one.label), chosen, choose } }
      : {}),
    description: `${label}: the means of ${withMean.length} of ${groups.length} groups of days.`,
    plot: (width) => plotGroups(metric, width),
    note: () => noteOn(groups),
    tables: answer.tables,
  };
}

function figuresOf({ groups, ends }: DrawnGroups): Figure[] {
  const sorted = groups
    .filter(({ mean }) => mean !== null)
    .toSorted((one, other) => (other.mean ?? 0) - (one.mean ?? 0));
  const [first] = sorted;
  const last = sorted.at(-1);
  const figure = ({ name, said }: DrawnGroup) => ({
    label: `Mean, ${name.replace(/ \(.+/, "")}`,
    value: said.replace(/^mean /, ""),
  });
  return [
    ...(first ? [figure(first)] : []),
    ...(last && last !== first ? [figure(last)] : []),
    ...ends.map(({ label, said }) => ({ label, value: said })),
  ];
}

/**
 * Says from how many measured days each mean is computed, and which groups (such as the first month) lie only in part
 * within the period.
 */
function noteOn(groups: readonly DrawnGroup[]): string {
  const counts = groups.map(({ n }) => n);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const partial = groups.filter(({ isPartial }) => isPartial).map(({ name }) => name);
  return [
    `n is the number of measured days: ${least === most ? least : `${least} to ${most}`}${groups.length > 1 ? " in each group" : ""}.`,
    partial.length > 0 ? `Only partly in this period: ${partial.join(", ")}.` : null,
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function plotGroups(metric: DrawnGroups, width: number): Plot {
  const { groups, isAmount } = metric;
  const [height, top] = [width < 480 ? 124 : 180, 24];
  const frame = createFrame(width, height + 36);
  const x = scaleBand(
    groups.map((_, index) => index),
    [left, width],
  )
    .paddingInner(0.3)
    .paddingOuter(0.15);
  const values = groups.flatMap(({ mean, middle }) =>
    isAmount ? [mean] : [mean, middle?.low ?? null, middle?.high ?? null],
  );
  const y = scaleFor(metric, isAmount ? [0, ...values] : values, [height, top]);
  // `scaleFor` adds a margin below the lowest value. Columns must begin at zero, so the margin below zero is removed.
  if (isAmount) y.domain([0, y.domain()[1] ?? 1]);
  const group = addGroup(frame, "groups");
  const { at: ticks, say } = ticksOf(metric, y, 4);
  drawValueAxis(group, y, { left, right: width, ticks: 4, format: say }, ticks);
  addLabel(group, left, 12, nameWithUnit(metric), "label strong");
  groups.forEach(({ mean, middle, differs }, index) => {
    if (mean === null) return;
    const mark = differs ? "flag" : "mean";
    const place = { x: x(index) ?? 0, width: x.bandwidth() };
    if (isAmount) addBox(group, `fill ${mark}`, { ...place, y: y(mean), height: height - y(mean) });
    else {
      if (middle) addBox(group, "fill usual", { ...place, y: y(middle.high), height: y(middle.low) - y(middle.high) });
      addBox(group, `fill ${mark}`, { ...place, y: y(mean) - 2, height: 4 });
    }
    if (x.step() >= valueWidth)
      addLabel(group, place.x + place.width / 2, y(mean) - 6, sayTick(mean, metric), "label strong", "middle");
  });
  const middleOf = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const means = groups.map(({ mean }) => mean);
  drawGaps(group, means, { at: middleOf, step: x.step(), foot: height });
  drawNames(addGroup(frame, "names", height), groups, { at: middleOf, step: x.step() });
  const stops = groups.map(({ name, said, n, days, isPartial, differs, ends }, index) => ({
    x: middleOf(index),
    text: [
      `${name}${isPartial ? " (in part)" : ""}: ${said}, n ${n} of ${days}`,
      ...(ends ? [ends] : []),
      ...(differs ? ["more than ordinary ups and downs"] : []),
    ].join("; "),
  }));
  return { svg: frame.svg, top, bottom: height, stops };
}

/** Names are left out where there is no room. */
function drawNames(
  group: Group,
  groups: readonly DrawnGroup[],
  { at, step }: { at: (index: number) => number; step: number },
): void {
  const room = Math.max(...groups.map(({ short, n }) => Math.max(short.length, `${n}`.length))) * letterWidth;
  const every = Math.ceil(room / step);
  addLabel(group, left - 8, 31, "n", "label", "end");
  groups.forEach(({ short, n }, index) => {
    if (index % every !== 0) return;
    addLabel(group, at(index), 16, short, "label", "middle");
    addLabel(group, at(index), 31, String(n), "label", "middle");
  });
}

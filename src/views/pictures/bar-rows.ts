import type { ScaleLinear } from "d3-scale";
import type { RowPlot } from "../drawing.ts";
import { addBox, addGroup, addLabel, addLine, createFrame } from "../frame.ts";

export interface BarRow {
  label: string;
  /** Null for a row that shows a mark for missing data instead of a bar. */
  value: number | null;
  said: string;
  mark: string;
  /** Drawn behind the bar. */
  usual: { low: number; high: number } | null;
  /** For screen readers. */
  text: string;
}

interface BarPlot {
  rows: readonly BarRow[];
  rowHeight: number;
  /** The widths of the columns on both sides of the bars, in pixels. */
  labelWidth: number;
  valueWidth: number;
  scale: ScaleLinear<number, number>;
  /**
   * The value at which bars begin. Null for a scale without a zero, such as clock times: dots then replace the bars.
   */
  zero: number | null;
  /** Drawn as a line, to compare the bars with. */
  reference: number | null;
}

const letterWidth = 7;

/** In pixels. */
export function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length)) * letterWidth + 8;
}

export function plotBarRows(bars: BarPlot, width: number): RowPlot {
  const { rows, rowHeight, labelWidth, valueWidth, scale, zero, reference } = bars;
  const frame = createFrame(width, rows.length * rowHeight + 4);
  const x = scale.range([labelWidth, width - valueWidth]);
  const thickness = Math.min(12, rowHeight - 6);
  const drawn = rows.map(({ label, value, said, mark, usual, text }, index) => {
    const group = addGroup(frame, "row", index * rowHeight);
    const middle = rowHeight / 2;
    addLabel(group, 0, middle + 4, label);
    if (usual)
      addBox(group, "fill usual", {
        x: x(usual.low),
        y: 1,
        width: x(usual.high) - x(usual.low),
        height: rowHeight - 2,
      });
    if (value === null) addBox(group, "fill missing", { x: x.range()[0] ?? 0, y: middle - 1.5, width: 12, height: 3 });
    else if (zero === null)
      group.append("circle").attr("class", `fill ${mark}`).attr("cx", x(value)).attr("cy", middle).attr("r", 5);
    else
      addBox(group, `fill ${mark}`, {
        x: x(zero),
        y: middle - thickness / 2,
        width: Math.max(1, x(value) - x(zero)),
        height: thickness,
      });
    addLabel(group, width, middle + 4, said, "label strong", "end");
    return { y: index * rowHeight + middle, text };
  });
  if (reference !== null) {
    const group = addGroup(frame, "reference");
    addLine(group, "window", [x(reference), 0], [x(reference), rows.length * rowHeight]);
  }
  return { svg: frame.svg, rows: drawn, rowHeight };
}

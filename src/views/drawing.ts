import type { Table } from "./answer.ts";

/** How the view shows one answer: a heading and the main numbers, a plot for any width, and the same data as tables. */
export interface Drawing {
  heading: string;
  /** At most four, shown above the plot. */
  figures: readonly Figure[];
  legend: readonly LegendEntry[];
  /** A choice of which metric, score or sleep the plot shows. */
  choice?: { label: string; options: readonly string[]; chosen: number; choose(index: number): void };
  action?: { label: string; run(): void };
  /** For screen readers. */
  description: string;
  plot: ((width: number) => Plot | RowPlot) | null;
  /** Returns the text below the plot. The text depends on the plot's width, which is given in pixels. */
  note: ((width: number) => string) | null;
  tables: readonly Table[];
  /** The text in place of an empty plot: why there is no data, and what the person can do. */
  empty?: string;
}

export interface Figure {
  label: string;
  value: string;
}

export interface LegendEntry {
  label: string;
  /** A CSS class. */
  mark: string;
  shape: "box" | "line" | "dot";
}

export interface Plot {
  svg: SVGSVGElement;
  /** The positions of the cursor from left to right, with the text at each. */
  stops: readonly Stop[];
  /** The cursor's line reaches from `top` to `bottom`, in pixels from the upper edge of the plot. */
  top: number;
  bottom: number;
}

export interface Stop {
  x: number;
  text: string;
}

export interface RowPlot {
  svg: SVGSVGElement;
  /** The vertical middle of each row in pixels, with the text at the row. */
  rows: readonly { y: number; text: string }[];
  rowHeight: number;
}

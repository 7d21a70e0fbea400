import type { Table } from "./answer.ts";

/** How one answer is shown: text and figures, a plot for any width, and the same data as tables. */
export interface Drawing {
  heading: string;
  /** At most four. */
  figures: readonly Figure[];
  legend: readonly LegendEntry[];
  /** A choice between alternatives, such as metrics. */
  choice?: { label: string; options: readonly string[]; chosen: number; choose(index: number): void };
  /** A button that reads more data. */
  action?: { label: string; run(): void };
  /** What the plot shows, for screen readers. */
  description: string;
  plot: ((width: number) => Plot | RowPlot) | null;
  /** A note below the plot; it may depend on the width. */
  note: ((width: number) => string) | null;
  tables: readonly Table[];
  /** Shown instead of an empty plot: the answer's own text, which says why there is no data and what to do. */
  empty?: string;
}

export interface Figure {
  label: string;
  value: string;
}

export interface LegendEntry {
  label: string;
  /** CSS class of its colour. */
  mark: string;
  shape: "box" | "line" | "dot";
}

export interface Plot {
  svg: SVGSVGElement;
  /** Positions of the cursor from left to right, with the text shown at each. */
  stops: readonly Stop[];
  /** Upper and lower end of the cursor's line, in pixels. */
  top: number;
  bottom: number;
}

export interface Stop {
  x: number;
  text: string;
}

/** A plot of rows, which the cursor reads from top to bottom. */
export interface RowPlot {
  svg: SVGSVGElement;
  /** The middle of each row, with the text shown at it. */
  rows: readonly { y: number; text: string }[];
  rowHeight: number;
}

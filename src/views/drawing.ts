import type { Table } from "./answer.ts";

/** How the view shows one answer: a heading and the main numbers, a plot for any width, and the same data as tables. */
export interface Drawing {
  heading: string;
  /** The main numbers, which are shown above the plot. There are at most four. */
  figures: readonly Figure[];
  legend: readonly LegendEntry[];
  /** A choice between alternatives, for example between metrics. A plot shows one of them at a time. */
  choice?: { label: string; options: readonly string[]; chosen: number; choose(index: number): void };
  /** A button that makes the view read more data, such as the steps of a day. */
  action?: { label: string; run(): void };
  /** What the plot shows, in words for screen readers. */
  description: string;
  plot: ((width: number) => Plot | RowPlot) | null;
  /** Returns the text of the note below a plot that has this width in pixels. Null when the plot has no note. */
  note: ((width: number) => string) | null;
  tables: readonly Table[];
  /** The text shown instead of an empty plot. It says why there is no data and what the person can do. */
  empty?: string;
}

export interface Figure {
  label: string;
  value: string;
}

export interface LegendEntry {
  label: string;
  /** The CSS class that gives this entry of the legend its colour. */
  mark: string;
  shape: "box" | "line" | "dot";
}

export interface Plot {
  svg: SVGSVGElement;
  /** The positions of the cursor from left to right, with the text that is shown at each position. */
  stops: readonly Stop[];
  /** The cursor's line reaches from `top` down to `bottom`, in pixels from the upper edge of the plot. */
  top: number;
  bottom: number;
}

export interface Stop {
  x: number;
  text: string;
}

/** A plot of rows. The cursor moves through the rows from top to bottom. */
export interface RowPlot {
  svg: SVGSVGElement;
  /** The vertical middle of each row in pixels, with the text that is shown at the row. */
  rows: readonly { y: number; text: string }[];
  rowHeight: number;
}

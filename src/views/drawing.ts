import type { Table } from "./answer.ts";

/** What one answer looks like: words and figures, a plot for any width, and the same as tables. */
export interface Drawing {
  heading: string;
  /** At most four. */
  figures: readonly Figure[];
  legend: readonly LegendEntry[];
  /** What there is to choose between, such as metrics. */
  choice?: { label: string; options: readonly string[]; chosen: number; choose(index: number): void };
  /** More that a press can read. */
  action?: { label: string; run(): void };
  /** What the plot shows, for those who do not see it. */
  description: string;
  plot: ((width: number) => Plot) | null;
  /** What else is worth saying of the plot at that width. */
  note: ((width: number) => string) | null;
  tables: readonly Table[];
  /** In place of a plot of nothing: the answer's own words, which say why and what to do. */
  empty?: string;
}

export interface Figure {
  label: string;
  value: string;
}

export interface LegendEntry {
  label: string;
  /** Class of its colour. */
  mark: string;
  shape: "box" | "line" | "dot";
}

export interface Plot {
  svg: SVGSVGElement;
  /** Places the cursor can stand at, left to right, with what is read there. */
  stops: readonly Stop[];
  /** Between which heights the cursor's line runs. */
  top: number;
  bottom: number;
}

export interface Stop {
  x: number;
  text: string;
}

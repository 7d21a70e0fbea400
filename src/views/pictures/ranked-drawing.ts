import { scaleLinear } from "d3-scale";
import type { RankedPicture } from "../../words/pictures.ts";
import { sayDays } from "../../words/present.ts";
import type { Answer } from "../answer.ts";
import type { Drawing, RowPlot } from "../drawing.ts";
import { sayDay } from "../format.ts";
import { extentOf } from "../frame.ts";
import { plotBarRows, widest } from "./bar-rows.ts";

/** With more rows the view would be too high, and the programs that show views would cut it off. */
const mostRows = 12;

/**
 * Draws ranked days as horizontal bars from zero. Clock times and differences are dots, because bars from zero would
 * not suit them.
 */
export function drawRanked(answer: Answer, picture: RankedPicture): Drawing {
  const { metric, order, days, n, median, ranked } = picture;
  const left = ranked.length - mostRows;
  return {
    heading: `${order} ${sayInside(metric.label)}, ${sayDays(days)}`,
    figures: [
      { label: "Days measured", value: String(n) },
      ...(median ? [{ label: "Median of all of them", value: median.said }] : []),
    ],
    legend: median ? [{ label: "Median of all measured days", mark: "missing", shape: "line" }] : [],
    description: `${order} ${sayInside(metric.label)}: ${Math.min(ranked.length, mostRows)} of ${n} measured days.`,
    plot: (width) => plotRanked(picture, width),
    note: left > 0 ? () => `The table has ${left} more.` : null,
    tables: answer.tables,
  };
}

/** Writes a label as in the middle of a sentence, with a small first letter. Abbreviations keep their capitals. */
function sayInside(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

function plotRanked({ metric, median, ranked }: RankedPicture, width: number): RowPlot {
  const shown = ranked.slice(0, mostRows);
  const isOneYear = new Set(ranked.map(({ day }) => day.slice(0, 4))).size === 1;
  const rows = shown.map(({ rank, day, value, said }) => {
    const label = isOneYear ? sayDay(day) : sayDays(day);
    return { label, value, said, mark: "mean", usual: null, text: `${rank}. ${label}: ${said}` };
  });
  const values = [...ranked.map(({ value }) => value), median?.value];
  const hasZero = !["clock", "°C"].includes(metric.unit);
  const domain = hasZero ? [0, Math.max(...values.map((value) => value ?? 0)) || 1] : extentOf(values, 1);
  return plotBarRows(
    {
      rows,
      rowHeight: 19,
      labelWidth: widest(rows.map(({ label }) => label)),
      valueWidth: widest(rows.map(({ said }) => said)),
      scale: scaleLinear(domain ?? [0, 1], [0, 1]),
      zero: hasZero ? 0 : null,
      reference: median?.value ?? null,
    },
    width,
  );
}

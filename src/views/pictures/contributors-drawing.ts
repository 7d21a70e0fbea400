import { scaleLinear } from "d3-scale";
import type { ContributorsPicture, DrawnContributor } from "../../words/pictures.ts";
import type { Answer } from "../answer.ts";
import type { Drawing, RowPlot } from "../drawing.ts";
import { sayDay } from "../format.ts";
import { plotBarRows, widest } from "./bar-rows.ts";

/**
 * Draws the contributors of one of Oura's scores as horizontal bars. Contributors are the ratings from which Oura
 * computes the score. Behind each bar is the range that is usual for the person.
 */
export function drawContributors(
  answer: Answer,
  { day, scores }: ContributorsPicture,
  chosen: number,
  choose: (index: number) => void,
): Drawing {
  const score = scores[chosen] ?? scores[0];
  if (!score) throw new Error("no score");
  const { name, contributors } = score;
  const rated = contributors.filter(({ rating }) => rating !== null);
  const hasUsual = rated.some(({ usual }) => usual !== null);
  const below = rated.filter(({ stands }) => stands === "below");
  return {
    heading: `${scores.length > 1 ? "Contributors" : `${name}, contributors`}, ${sayDay(day)}`,
    figures: [],
    legend: [
      { label: "Ōura's rating", mark: "mean", shape: "box" },
      ...(below.length > 0 ? [{ label: "Below usual", mark: "flag", shape: "box" as const }] : []),
      ...(hasUsual ? [{ label: "Usual", mark: "usual", shape: "box" as const }] : []),
      ...(rated.length < contributors.length ? [{ label: "No rating", mark: "missing", shape: "line" as const }] : []),
    ],
    ...(scores.length > 1
      ? { choice: { label: "Score", options: scores.map((one) => one.name), chosen, choose } }
      : {}),
    description: `${name}: ${rated.length} contributors, ${hasUsual ? `${below.length} below usual` : "without a usual range"}.`,
    plot: (width) => plotContributors(contributors, width),
    note: () =>
      hasUsual
        ? "Ratings go up to 100. Usual is the range of eight in ten of the 28 days before."
        : "Ratings go up to 100. What is usual is not known yet: that takes 14 measured days.",
    tables: answer.tables,
  };
}

function plotContributors(contributors: readonly DrawnContributor[], width: number): RowPlot {
  return plotBarRows(
    {
      rows: contributors.map((one) => ({
        label: one.label,
        value: one.rating,
        said: one.rating === null ? "–" : String(one.rating),
        mark: one.stands === "below" ? "flag" : "mean",
        usual: one.usual,
        text: sayContributor(one),
      })),
      rowHeight: 24,
      labelWidth: widest(contributors.map(({ label }) => label)),
      valueWidth: 32,
      scale: scaleLinear([0, 100], [0, 1]),
      zero: 0,
      reference: null,
    },
    width,
  );
}

function sayContributor({ label, rating, usual, stands }: DrawnContributor): string {
  const range = usual === null ? "" : `, usual ${usual.low} to ${usual.high}`;
  const where = stands === "below" || stands === "above" ? ` (${stands} usual)` : "";
  return `${label}: ${rating ?? "no rating"}${range}${where}`;
}

import { type DayRange, type IsoDay, listDays } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { type DayDocumentsOf, isSuppressed } from "./day-gaps.ts";
import { bySpan, type Declared, type Figure, support } from "./reads.ts";

type RestModes = readonly OuraDocument<"rest_mode_period">[] | null;

/**
 * Declares a request for the periods of Oura's rest mode, which can explain a missing score. Returns null if no score
 * is missing on a day on which the ring was worn, because no missing score needs to be explained by rest mode.
 */
export function readRestModes(
  figures: readonly Figure[],
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
): Declared<RestModes, "rest_mode_period"> | null {
  const scores = figures.filter(({ isScore }) => isScore);
  const isOpen = ranges
    .flatMap(listDays)
    .some((day) => scores.some((figure) => isSuppressed(figure, documentsOf(figure.route, day))));
  return isOpen ? support(bySpan("rest_mode_period", "rest mode"), { under: "missing" }) : null;
}

/**
 * Returns a function that says whether Oura's rest mode was on during a day. If the periods of rest mode could not be
 * read, the function returns false for every day.
 */
export function isInRestMode(periods: RestModes): (day: IsoDay) => boolean {
  return (day) =>
    (periods ?? []).some(({ start_day, end_day }) => start_day <= day && (end_day === null || end_day >= day));
}

import { type DayRange, type IsoDay, listDays } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { type DayDocumentsOf, isSuppressed } from "./day-gaps.ts";
import { bySpan, type Declared, type Figure, support } from "./reads.ts";

type RestModes = readonly OuraDocument<"rest_mode_period">[] | null;

/**
 * Reads the periods of Oura's rest mode, which can explain a missing score. Null if no score is missing on a day on
 * which the ring was worn.
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
 * Makes a function that returns whether a day is in a period of rest mode. If the periods could not be read, the
 * function returns false for every day.
 */
export function isInRestMode(periods: RestModes): (day: IsoDay) => boolean {
  return (day) =>
    (periods ?? []).some(({ start_day, end_day }) => start_day <= day && (end_day === null || end_day >= day));
}

import { type DayRange, type IsoDay, listDays } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { type DayDocumentsOf, isSuppressed } from "./gaps.ts";
import { bySpan, type Declared, type Figure, support } from "./reads.ts";

type RestModes = readonly OuraDocument<"rest_mode_period">[] | null;

/**
 * Rest mode, which is a reason for a missing score. It is read only when a score is missing on a day that was worn; null
 * when it is not needed.
 */
export function readRestModes(
  figures: readonly Figure[],
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
): Declared<RestModes> | null {
  const isOpen = ranges
    .flatMap(listDays)
    .some((day) => figures.some((figure) => isSuppressed(figure, documentsOf(figure.route, day))));
  return isOpen ? support(bySpan("rest_mode_period", "rest mode"), { under: "missing" }) : null;
}

/** Whether rest mode was on. Where it could not be read, it is on no day. */
export function isInRestMode(periods: RestModes): (day: IsoDay) => boolean {
  return (day) =>
    (periods ?? []).some(({ start_day, end_day }) => start_day <= day && (end_day === null || end_day >= day));
}

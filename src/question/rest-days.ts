import { type DayRange, type IsoDay, listDays } from "../analytics/day.ts";
import { AppError, orFailure } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import { type Access, findRefusal } from "./access.ts";
import { type DayDocumentsOf, isSuppressed } from "./gaps.ts";
import { bySpan, type Figure, type ReadDays } from "./reads.ts";

/**
 * The days on which rest mode was on. It is read only when a score is missing on a day that was worn, because rest mode
 * is a reason for that. Where it cannot be read, no day is known to be in it.
 */
export async function findRestDays(
  figures: readonly Figure[],
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
  days: ReadDays,
  { access, reader }: { access: Access; reader: OuraReader },
): Promise<(day: IsoDay) => boolean> {
  const isOpen = ranges
    .flatMap(listDays)
    .some((day) => figures.some((figure) => isSuppressed(figure, documentsOf(figure.route, day))));
  const restMode = bySpan("rest_mode_period", "rest mode");
  if (!isOpen || findRefusal(access, restMode.scopes)) return () => false;
  const periods = await orFailure(restMode.load(reader, days));
  if (periods instanceof AppError) return () => false;
  return (day) => periods.some(({ start_day, end_day }) => start_day <= day && (end_day === null || end_day >= day));
}

import { type DayRange, listDays } from "../analytics/day.ts";
import { AppError } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import { pathOf } from "../oura/routes.ts";
import { type Access, findRefusal } from "./access.ts";
import { isRecorded, type SyncState, wearEvidenceRoutes } from "./day-gaps.ts";
import type { HeldDocuments } from "./held-documents.ts";
import { type ReadOutcome, send } from "./read-all.ts";
import { byDay, type Declared, measuredFigures, type Read, type ReadDays } from "./reads.ts";
import type { WearerDays } from "./wearer-days.ts";

/**
 * Determines up to which day the ring has synced. If a day has no data, either the ring was not worn or it has not
 * synced that day yet. Every synced day has an activity document. So if it is possible that a day has not been synced,
 * and if there is permission to read the daily activity, the function reads the daily activity too.
 */
export async function findSync(
  declared: readonly Declared<unknown>[],
  { lost }: ReadOutcome,
  held: HeldDocuments,
  { ranges, today, maySync }: WearerDays<readonly DayRange[]>,
  days: ReadDays,
  { access, reader }: { access: Access; reader: OuraReader },
): Promise<Omit<SyncState, "first">> {
  const figures = measuredFigures(declared);
  const newest = held.newestDay();
  const isOpen =
    maySync &&
    ranges.flatMap(listDays).some((day) => {
      const waits = day < today && (newest === null || day > newest);
      return (
        waits &&
        figures.some((figure) => figure.on !== undefined && !isRecorded(figure.route, held.of(figure.route, day)))
      );
    });
  const hasFailed = lost.some(
    ({ read, isRefusal }) => !isRefusal && wearEvidenceRoutes.some((route) => route === read.route),
  );
  let isCertain = !hasFailed;
  const isAsked = declared.some(({ reads }) => reads.some((read) => readsActivityToToday(read, days)));
  if (isOpen && isCertain && !isAsked && findRefusal(access, "daily_activity") === null) {
    const activity = byDay("daily_activity");
    const read = await send(activity, days, reader);
    if (read instanceof AppError) isCertain = false;
    else held.add(activity, read);
  }
  isCertain &&= reader.oddRecords().size === 0;
  return { today, maySync, isCertain, newestRecord: held.newestDay() };
}

/**
 * Whether a request already reads the daily activity up to today. No further request is then needed to find out up to
 * which day the ring has synced.
 */
function readsActivityToToday({ route, over }: Read, days: ReadDays): boolean {
  return pathOf(route) === "daily_activity" && (over?.(days)?.end ?? "") >= days.upToToday.end;
}

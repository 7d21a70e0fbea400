import { type DayRange, listDays } from "../analytics/day.ts";
import { AppError, orFailure } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import { pathOf } from "../oura/routes.ts";
import { type Access, findRefusal } from "./access.ts";
import { isRecorded, type SyncState, tellingRoutes } from "./gaps.ts";
import type { HeldDocuments } from "./held-documents.ts";
import type { ReadOutcome } from "./read-all.ts";
import { byDay, type Declared, measuredFigures, type Read, type ReadDays } from "./reads.ts";
import type { WearerDays } from "./wearer-days.ts";

/**
 * How far the ring has synced. One route alone cannot tell a ring left off from one that has not synced, so where that is
 * open for some day the activity that every synced day has is read as well, if it may be.
 */
export async function findSync(
  declared: readonly Declared<unknown>[],
  { lost }: ReadOutcome,
  held: HeldDocuments,
  { ranges, today, maySync }: WearerDays<readonly DayRange[]>,
  days: ReadDays,
  { access, reader }: { access: Access; reader: OuraReader },
): Promise<SyncState> {
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
    ({ read, isRefusal }) => !isRefusal && tellingRoutes.some((route) => route === read.route),
  );
  let isCertain = !hasFailed;
  const isAsked = declared.some(({ reads }) => reads.some((read) => tellsSync(read, days)));
  if (isOpen && isCertain && !isAsked && findRefusal(access, ["daily"]) === null) {
    const activity = byDay("daily_activity");
    const read = await orFailure(activity.load(reader, days));
    if (read instanceof AppError) isCertain = false;
    else held.add(activity, read);
  }
  isCertain &&= reader.oddRecords().size === 0;
  return { today, maySync, isCertain, newestRecord: held.newestDay() };
}

/** Whether it reads the activity as far as the ring may have synced. */
function tellsSync({ route, over }: Read, days: ReadDays): boolean {
  return route !== undefined && pathOf(route) === "daily_activity" && (over?.(days).end ?? "") >= days.upToToday.end;
}

import type { DayRange, IsoDay } from "../analytics/day.ts";
import { AppError, orFailure } from "../errors.ts";
import type { ToolContext } from "./legacy.ts";

/** The newest day of the documents, or null when there are none. */
export function newestDay(documents: readonly { day: IsoDay }[]): IsoDay | null {
  return documents.reduce<IsoDay | null>((newest, { day }) => (newest === null || day > newest ? day : newest), null);
}

/** What is known of the newest day the ring told Oura anything of. */
export interface NewestRecord {
  newestRecord: IsoDay | null;
  /** False where the question failed, or some record could not be read: there may be a newer one. */
  isCertain: boolean;
}

/**
 * The newest day the ring told Oura anything of, by the activity that every synced day has. Asked only where it decides
 * whether a gap still waits for a sync; a question that fails costs the answer nothing but that.
 * @param known documents at hand, which may hold a newer one
 */
export async function readNewestDay(
  context: ToolContext,
  range: DayRange,
  known: readonly { day: IsoDay }[],
): Promise<NewestRecord> {
  const activity = await orFailure(context.reader.readDays("daily_activity", range));
  if (activity instanceof AppError) return { newestRecord: newestDay(known), isCertain: false };
  return newestKnown(context, [...known, ...activity]);
}

/** The same from the documents at hand alone. */
export function newestKnown(context: ToolContext, known: readonly { day: IsoDay }[]): NewestRecord {
  return { newestRecord: newestDay(known), isCertain: context.reader.oddRecords().size === 0 };
}

import type { DayRange, IsoDay } from "../analytics/day.ts";
import { AppError } from "../errors.ts";
import type { ToolContext } from "./define-tool.ts";

/** The newest day of the documents, or null when there are none. */
export function newestDay(documents: readonly { day: IsoDay }[]): IsoDay | null {
  return documents.reduce<IsoDay | null>((newest, { day }) => (newest === null || day > newest ? day : newest), null);
}

/**
 * The newest day the ring told Oura anything of, by the activity that every synced day has. Asked only where it decides
 * whether a gap still waits for a sync; a question that fails decides nothing and costs the answer nothing.
 * @param known documents at hand, which may hold a newer one
 */
export async function readNewestDay(
  context: ToolContext,
  range: DayRange,
  known: readonly { day: IsoDay }[],
): Promise<IsoDay | null> {
  try {
    return newestDay([...known, ...(await context.reader.readDays("daily_activity", range))]);
  } catch (error) {
    if (error instanceof AppError) return newestDay(known);
    throw error;
  }
}

import * as z from "zod";
import { formatDays, type IsoDay } from "../analytics/day.ts";
import { describeFailure, type Failure } from "../errors.ts";
import { type MissingReason, missingReasons, sayReason } from "./missing-reasons.ts";

const entry = z.object({
  what: z.string(),
  days: z.string().optional(),
  reason: z.custom<MissingReason>((value) => typeof value === "string" && Object.hasOwn(missingReasons, value)),
  detail: z.string().optional(),
});
export type MissingEntry = z.output<typeof entry>;

/** Published as anything: fields and reasons are told in the server's instructions, once for all tools. */
export const missingEntry = z.custom<MissingEntry>((value) => entry.safeParse(value).success);

/** What is known of the ring's last sync when days are told why they hold nothing. */
export interface SyncState {
  today: IsoDay;
  /** The newest day of any record that was read; null when there was none. */
  newestRecord: IsoDay | null;
  /** Whether the range ends so late that its last days may still wait on the ring. */
  maySync: boolean;
  /** False where something that could tell was not to be read: then nothing is said of the wearer or the ring. */
  isCertain: boolean;
}

/** Why a day holds nothing: what is newer than every record still waits for a sync, and so may the rest of today. */
export function reasonForDay(day: IsoDay, sync: SyncState): "not_synced" | "not_worn" | "unavailable" {
  const { today, newestRecord, maySync, isCertain } = sync;
  if (!isCertain) return "unavailable";
  if (day === today) return "not_synced";
  return maySync && (newestRecord === null || day > newestRecord) ? "not_synced" : "not_worn";
}

/** The reason a whole section is absent, from the failure that stopped it. */
export function missingFromFailure(what: string, failure: Failure, panelUrl: string): MissingEntry {
  return { what, reason: reasonOf(failure), detail: describeFailure(failure, { home: panelUrl, panel: panelUrl }) };
}

function reasonOf(failure: Failure): MissingReason {
  switch (failure.kind) {
    case "not_granted_to_assistant":
    case "not_granted_by_oura":
      return "not_granted";
    case "membership_lapsed":
      return "no_membership";
    default:
      return "unavailable";
  }
}

/** Collects days by what is missing and why, and folds them into entries. */
export function createMissingDays(): {
  add(what: string, day: IsoDay, reason: MissingReason): void;
  entries(): MissingEntry[];
} {
  const found = new Map<string, { what: string; reason: MissingReason; days: IsoDay[] }>();
  return {
    add(what, day, reason) {
      const key = `${what} ${reason}`;
      const entry = found.get(key) ?? { what, reason, days: [] };
      entry.days.push(day);
      found.set(key, entry);
    },
    /** What is missing on the same days for the same reason shares one entry; what is missing most comes first. */
    entries() {
      const byLength = [...found.values()].toSorted((left, right) => right.days.length - left.days.length);
      const merged = new Map<string, MissingEntry>();
      for (const { what, reason, days } of byLength) {
        const text = formatDays(days.toSorted());
        const same = merged.get(`${reason} ${text}`);
        merged.set(`${reason} ${text}`, { what: same ? `${same.what}, ${what}` : what, days: text, reason });
      }
      return [...merged.values()];
    },
  };
}

/** The gaps worth a sentence: whole sections, first reasons first; the rest stands in `missing`. */
export function explainMissing(missing: readonly MissingEntry[], most = 3): string | null {
  if (missing.length === 0) return null;
  const shown = missing.slice(0, most).map((entry) => {
    const what = entry.what.replaceAll("_", " ");
    return `${what}${entry.days ? ` on ${entry.days}` : ""} (${sayReason(entry.reason, entry.detail)})`;
  });
  const rest = missing.length > shown.length ? `; and ${missing.length - shown.length} more under missing` : "";
  return `Missing: ${shown.join("; ")}${rest}.`;
}

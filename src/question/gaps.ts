import type { Failure } from "../errors.ts";
import type { OuraRouteName } from "../oura/routes.ts";
import type { SyncState } from "./day-gaps.ts";
import { describeOddRecords, type MissingEntry, missingFromFailure } from "./missing-entries.ts";
import type { Unmeasurable } from "./ring-limits.ts";

declare const byFrame: unique symbol;
/**
 * The `missing` field of an answer. Its type contains a private symbol, so only {@link createGaps} can make a value of
 * it. A tool can therefore neither write the field itself nor leave it out.
 */
export type Missing = readonly MissingEntry[] & { readonly [byFrame]: true };

/**
 * The missing values of a question. The code in src/question finds most of them before the tool runs. The tool adds
 * those that only the tool can find.
 */
export interface Gaps {
  readonly entries: readonly MissingEntry[];
  /** Up to which day the ring has synced. A tool needs this to explain data that is missing for a part of a day. */
  readonly sync: SyncState;
  /**
   * The values that this ring does not measure. If the model of the ring is unknown, these are the values that some
   * models of the ring do not measure. The list `entries` already names these values, so a tool must not add them
   * again.
   */
  readonly unmeasurable: Unmeasurable;
  /** Adds entries whose reason the summary must give. The code in src/question writes it into the summary. */
  add(...more: readonly MissingEntry[]): void;
  /**
   * Adds entries that the summary need not name, because the tool's own sentences give the reason or because the
   * missing value matters little.
   */
  addUnnamed(...more: readonly MissingEntry[]): void;
  addFailure(what: string, failure: Failure): void;
}

/** The missing values of a question, with methods that tools do not get. */
export interface FrameGaps extends Gaps {
  /**
   * `named` has the entries that the summary names with their reasons.
   * @param odd For each route of Oura's API, how many of its records could not be read in full
   */
  finish(odd: ReadonlyMap<OuraRouteName, number>): { missing: Missing; named: readonly MissingEntry[] };
}

/**
 * The missing values that are known before the tool runs. The summary names the values in `named` and gives the
 * reasons.
 */
export interface KnownGaps {
  entries: readonly MissingEntry[];
  named: readonly MissingEntry[];
}

export function createGaps(known: KnownGaps, unmeasurable: Unmeasurable, sync: SyncState, panelUrl: string): FrameGaps {
  const entries = [...known.entries];
  const named = [...known.named];
  function add(...more: readonly MissingEntry[]): void {
    entries.push(...more);
    named.push(...more);
  }
  return {
    entries,
    sync,
    unmeasurable,
    add,
    addUnnamed(...more) {
      entries.push(...more);
    },
    addFailure(what, failure) {
      add(missingFromFailure(what, failure, panelUrl));
    },
    finish(odd) {
      const records = describeOddRecords(odd);
      // Records that could not be read explain a missing value only if no other reason is known.
      const isUnexplained = named.some(({ reason, detail }) => reason === "unavailable" && detail === undefined);
      return {
        // This cast is the only place that makes a value of the type `Missing`.
        missing: [...entries, ...records] as readonly MissingEntry[] as Missing,
        named: isUnexplained ? [...named, ...records] : named,
      };
    },
  };
}

import { addDays, type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { byDay, bySpan, daysBefore, part } from "../../question/reads.ts";
import { nameTag } from "../../words/tag-name.ts";
import { overlapsDays } from "../events/read-events.ts";
import { fromRestMode } from "../events/ring-event.ts";

/** Recorded events around a day that may explain it, in a few words each. */
export interface Circumstances {
  /**
   * The events on the day or the day before. A night belongs to the day of waking up, so its evening is the day before.
   */
  around(day: IsoDay): string[];
}

/**
 * Workouts, tags and rest mode. Those that cannot be read are named in `missing`; the rest of the answer is unaffected.
 */
export const circumstanceReads = {
  workouts: part(byDay("workout", { over: daysBefore(1), figures: [{ name: "workouts as context" }] })),
  tags: part(bySpan("enhanced_tag", "tags as context", { over: daysBefore(1) })),
  restModes: part(bySpan("rest_mode_period", "rest mode as context", { over: daysBefore(1) })),
};

interface Noted {
  workouts: readonly OuraDocument<"workout">[] | null;
  tags: readonly OuraDocument<"enhanced_tag">[] | null;
  restModes: readonly OuraDocument<"rest_mode_period">[] | null;
}

export function createCircumstances({ workouts, tags, restModes }: Noted): Circumstances {
  return {
    around(day) {
      const dayBefore = addDays(day, -1);
      const near = { start: dayBefore, end: day };
      return [
        ...new Set([
          ...(tags ?? []).filter((tag) => overlaps(tag, near)).map(sayTag),
          ...(workouts ?? [])
            .filter(({ day: on, intensity }) => isWithin(on, near) && intensity === "hard")
            .map(() => "a hard workout"),
          ...(restModes ?? [])
            .filter((period) => overlapsDays(fromRestMode(period), { start: day, end: day }))
            .map(() => "rest mode was on"),
        ]),
      ];
    },
  };
}

function overlaps(
  { start_day, end_day }: { start_day: IsoDay; end_day: IsoDay | null },
  { start, end }: DayRange,
): boolean {
  return start_day <= end && (end_day ?? start_day) >= start;
}

/** A tag in a sentence. A name from outside is not included: an assistant could mistake it for ours. */
function sayTag({ tag_type_code }: OuraDocument<"enhanced_tag">): string {
  const tag = nameTag(tag_type_code);
  switch (tag.kind) {
    case "known":
      return `the tag ${tag.name}`;
    case "unknown":
      return "another tag";
    case "own":
      return tag_type_code === null ? "a note" : "a tag of the wearer's own";
  }
}

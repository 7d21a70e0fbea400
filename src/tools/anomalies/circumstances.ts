import { addDays, type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { byDay, bySpan, daysBefore, part } from "../../question/reads.ts";
import { tagName } from "../../words/tag-name.ts";
import { touches } from "../events/read-events.ts";
import { fromRestMode } from "../events/ring-event.ts";

/** What happened around a day that may explain it: facts the wearer or Oura noted, in a few words each. */
export interface Circumstances {
  /** For a night: what happened on its day or the day before, whose evening it follows. */
  around(day: IsoDay): string[];
}

/** Workouts, tags and rest mode; what may not be read is said, and costs nothing else. */
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
          ...(tags ?? []).filter((tag) => overlaps(tag, near)).map(nameTag),
          ...(workouts ?? [])
            .filter(({ day: on, intensity }) => isWithin(on, near) && intensity === "hard")
            .map(() => "a hard workout"),
          ...(restModes ?? [])
            .filter((period) => touches(fromRestMode(period), { start: day, end: day }))
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

/**
 * What people wrote themselves is not repeated here: it is their text, and an assistant could take it for ours.
 */
function nameTag({ tag_type_code }: OuraDocument<"enhanced_tag">): string {
  const name = tag_type_code === null ? null : tagName(tag_type_code);
  if (name !== null) return `the tag ${name}`;
  return tag_type_code === "custom" ? "a tag of the wearer's own" : "a tag";
}

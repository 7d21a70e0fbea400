import { addDays, type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import { AppError, orFailure } from "../../errors.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { ouraRoutes } from "../../oura/routes.ts";
import { findRefusal } from "../../question/access.ts";
import { type MissingEntry, missingFromFailure } from "../../question/gaps.ts";
import { tagName } from "../../words/tag-name.ts";
import { touches } from "../events/read-events.ts";
import { fromRestMode } from "../events/ring-event.ts";
import type { ToolContext } from "../legacy.ts";
import { spanReach } from "../span-reach.ts";

/** What happened around a day that may explain it: facts the wearer or Oura noted, in a few words each. */
export interface Circumstances {
  /** For a night: what happened on its day or the day before, whose evening it follows. */
  around(day: IsoDay): string[];
  missing: MissingEntry[];
}

/** Reads workouts, tags and rest mode where they may be read. What may not be read is said, and costs nothing else. */
export async function readCircumstances(context: ToolContext, range: DayRange): Promise<Circumstances> {
  const reach = { start: addDays(range.start, -1), end: range.end };
  const spans = spanReach(reach);
  const missing: MissingEntry[] = [];

  async function orNothing<T>(
    name: "workout" | "enhanced_tag" | "rest_mode_period",
    what: string,
    read: () => Promise<T[]>,
  ): Promise<T[]> {
    const refusal = findRefusal(context.access, [ouraRoutes[name].scope]);
    const found = refusal ? new AppError(refusal) : await orFailure(read());
    if (!(found instanceof AppError)) return found;
    missing.push(missingFromFailure(what, found.failure, context.panelUrl));
    return [];
  }

  const [workouts, tags, restModes] = await Promise.all([
    orNothing("workout", "workouts as context", () => context.reader.readDays("workout", reach)),
    orNothing("enhanced_tag", "tags as context", () => context.reader.readSpans("enhanced_tag", spans)),
    orNothing("rest_mode_period", "rest mode as context", () => context.reader.readSpans("rest_mode_period", spans)),
  ]);
  return {
    around(day) {
      const dayBefore = addDays(day, -1);
      const near = { start: dayBefore, end: day };
      return [
        ...new Set([
          ...tags.filter((tag) => overlaps(tag, near)).map(nameTag),
          ...workouts
            .filter(({ day: on, intensity }) => isWithin(on, near) && intensity === "hard")
            .map(() => "a hard workout"),
          ...restModes
            .filter((period) => touches(fromRestMode(period), { start: day, end: day }))
            .map(() => "rest mode was on"),
        ]),
      ];
    },
    missing,
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

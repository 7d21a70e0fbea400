import { z } from "zod";
import { listDays } from "../../analytics/day.ts";
import { AppError, type Failure } from "../../errors.ts";
import { findRefusal } from "../access.ts";
import { defineTool, type ToolContext } from "../define-tool.ts";
import { missingEntry, missingFromFailure } from "../missing.ts";
import { rangeParams } from "../params.ts";
import { guessRange, settleRange } from "../wearer-range.ts";
import { collectDays, indexByDay, newestDay } from "./collect.ts";
import { describeFailedRoutes, findMissingDays, findUnsupported, isStillCounting } from "./gaps.ts";
import { type Section, sectionNames, sections } from "./sections.ts";
import { summarize } from "./summarize.ts";

const maximumDays = 92;

export const dailySummaryTool = defineTool({
  name: "oura_get_daily_summary",
  title: "Ōura daily summary",
  description:
    "Sleep (score, duration, efficiency, stages), readiness with temperature deviation, activity (steps, calories, " +
    "active minutes), stress, SpO2, resilience, heart health and bedtime advice for one day or up to 92 days, one row " +
    "a day. Start here for how did I sleep, how am I today, steps or scores.",
  input: z.strictObject({
    ...rangeParams,
    sections: z
      .array(z.enum(sectionNames))
      .min(1)
      .optional()
      .describe("Which parts to answer. Default: all that are granted."),
  }),
  output: z.object({
    summary: z.string(),
    start_date: z.string(),
    end_date: z.string(),
    today: z.string(),
    utc_offset: z.string(),
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
    missing: z.array(missingEntry),
    notes: z.array(z.string()),
  }),
  scopes: ["daily", "spo2", "stress", "heart_health"],
  async run(input, context) {
    const { read } = guessRange(input, context, maximumDays);
    const { allowed, refused } = sortByPermission(context, input.sections);
    const collected = await collectDays(context, routesToRead(context, allowed), read);
    const { documents, failures } = collected;
    const stamped = { sleep: documents.sleep ?? [], activity: documents.daily_activity ?? [] };
    const settled = settleRange(input, context, stamped, maximumDays);
    const { range, today } = settled;
    const byDay = indexByDay(collected);
    const unsupported = await findUnsupported(context, allowed, collected);
    const measured = allowed.filter((section) => !unsupported.names.includes(section.name));
    const shown = measured.flatMap((section) =>
      section.columns.filter((column) => !failures.has(column.route)).map((column) => ({ section, column })),
    );
    const columns = shown.map(({ column }) => column.name);
    const rows = listDays(range).map((day) => ({ day, values: shown.map(({ column }) => column.value(byDay(day))) }));
    const missing = [
      ...[...refused].map(([name, failure]) => missingFromFailure(name, failure, context.panelUrl)),
      ...describeFailedRoutes(measured, collected, context.panelUrl),
      ...unsupported.entries,
      ...findMissingDays(settled, shown, byDay, collected),
    ];
    return {
      summary: summarize({ today, shown, rows, missing, newestNight: newestDay(documents.sleep ?? []) }),
      start_date: range.start,
      end_date: range.end,
      today,
      utc_offset: settled.utcOffset,
      columns: ["day", ...columns],
      rows: rows.map(({ day, values }) => [day, ...values]),
      missing,
      notes: [
        ...new Set(shown.flatMap(({ column }) => column.sparse ?? [])),
        ...(shown.some(({ section }) => isStillCounting(section, range.end, today))
          ? [`Activity and stress of ${today} are still counting; means leave that day out of them.`]
          : []),
        ...(settled.zoneNote ? [settled.zoneNote] : []),
      ],
    };
  },
});

/** The sections that may be read, and why the others may not. With none left, the call has nothing to answer. */
function sortByPermission(
  context: ToolContext,
  names: readonly string[] | undefined,
): { allowed: Section[]; refused: Map<string, Failure> } {
  const asked: readonly Section[] = sections.filter((section) => names?.includes(section.name) ?? true);
  const allowed: Section[] = [];
  const refused = new Map<string, Failure>();
  for (const section of asked) {
    const refusal = findRefusal(context.access, section.scopes, section.ouraScopes);
    if (refusal) refused.set(section.name, refusal);
    else allowed.push(section);
  }
  const [first] = refused.values();
  if (allowed.length === 0 && first) throw new AppError(first);
  return { allowed, refused };
}

/** The routes of the sections, and once, while the wearer's zone is unknown, one that tells it. */
function routesToRead(context: ToolContext, allowed: readonly Section[]) {
  const routes = new Set(allowed.flatMap((section) => section.routes));
  const tellsZone = routes.has("sleep") || routes.has("daily_activity") || context.clock.offsetMinutes !== null;
  if (!tellsZone && !findRefusal(context.access, ["daily"])) routes.add("daily_activity");
  return [...routes];
}

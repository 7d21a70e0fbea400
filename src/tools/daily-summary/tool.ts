import * as z from "zod";
import { type IsoDay, listDays } from "../../analytics/day.ts";
import { AppError, type Failure } from "../../errors.ts";
import { findRefusal } from "../../question/access.ts";
import { missingEntry, missingFromFailure } from "../../question/gaps.ts";
import { rangeParams } from "../../question/range-input.ts";
import { joinSentences } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import { defineTool, type ToolContext } from "../legacy.ts";
import { newestDay } from "../newest-record.ts";
import { guessRange, settleRange } from "../wearer-range.ts";
import { baselinesOutput, baselineTable, describeBaselines, reachBack, sayStandings } from "./baselines.ts";
import { type Collected, collectDays, indexByDay } from "./collect.ts";
import {
  canTellGaps,
  describeFailedRoutes,
  findMissingDays,
  findUnsupported,
  isStillCounting,
  type ShownColumn,
} from "./gaps.ts";
import { type DayDocuments, type Section, sectionNames, sections } from "./sections.ts";
import { summarize } from "./summarize.ts";

const limits = { maximumDays: 92 };

export const dailySummaryTool = defineTool({
  name: "oura_get_daily_summary",
  title: "Ōura daily summary",
  description:
    "Scores and totals by day, up to 92 days: sleep, readiness, recovery, activity, steps, calories burned, " +
    "active minutes, stress, blood oxygen (SpO2), resilience, heart age (how old is my heart), VO2 max, when to " +
    "go to bed tonight. Start here: how did I sleep last night, a rundown of how my body is doing today, why am I " +
    "tired, list my scores, how many steps did I take, was it a stressful day.",
  input: z.strictObject({
    ...rangeParams,
    sections: z
      .array(z.enum(sectionNames))
      .min(1)
      .optional()
      .describe("Which parts to answer. Default: all that are granted."),
    include_baselines: z
      .boolean()
      .default(false)
      .describe("Also what is usual for the wearer (28 days before end_date) and where that day stands."),
  }),
  output: z.object({
    summary: z.string(),
    start_date: z.string(),
    end_date: z.string(),
    today: z.string(),
    utc_offset: z.string(),
    ...tableShape,
    baselines: baselinesOutput.optional(),
    missing: z.array(missingEntry),
    notes: z.array(z.string()),
  }),
  scopes: ["daily", "spo2", "stress", "heart_health"],
  async run(input, context) {
    const { read } = guessRange(input, context, limits);
    const { allowed, refused } = sortByPermission(context, input.sections);
    const collected = await collectDays(
      context,
      routesToRead(context, allowed),
      input.include_baselines ? reachBack(read) : read,
    );
    const { documents, failures } = collected;
    const stamped = { sleep: documents.sleep ?? [], activity: documents.daily_activity ?? [] };
    const settled = settleRange(input, context, stamped, limits);
    const { range, today } = settled;
    const byDay = indexByDay(collected);
    const unsupported = await findUnsupported(context, allowed, collected);
    const measured = allowed.filter((section) => !unsupported.names.includes(section.name));
    const days = listDays(range);
    const { shown, told } = chooseColumns(measured, failures, days, byDay);
    const columns = shown.map(({ column }) => column.name);
    const rows = days.map((day) => ({ day, values: shown.map(({ column }) => column.value(byDay(day))) }));
    const missing = [
      ...[...refused].map(([name, failure]) => missingFromFailure(name, failure, context.panelUrl)),
      ...describeFailedRoutes(measured, collected, context.panelUrl),
      ...unsupported.entries,
      ...findMissingDays(settled, canTellGaps(context, collected), shown, byDay, collected),
    ];
    const standings = input.include_baselines ? describeBaselines(collected, range.end, today) : [];
    return {
      summary: joinSentences(
        summarize({ today, shown, rows, missing, newestNight: newestDay(documents.sleep ?? []) }),
        sayStandings(range.end, standings),
      ),
      start_date: range.start,
      end_date: range.end,
      today,
      utc_offset: settled.utcOffset,
      columns: ["day", ...columns],
      rows: rows.map(({ day, values }) => [day, ...values]),
      ...(input.include_baselines ? { baselines: baselineTable(range.end, standings) } : {}),
      missing,
      notes: [
        ...told,
        ...(shown.some(({ section }) => isStillCounting(section, range.end, today))
          ? [`Activity and stress of ${today} are still counting; means leave them out.`]
          : []),
        ...(settled.zoneNote ? [settled.zoneNote] : []),
      ],
    };
  },
});

/**
 * The columns of the rows. A column that is ordinarily empty becomes a note where it holds little: its few values with
 * their days, instead of a row of nulls.
 */
function chooseColumns(
  sections: readonly Section[],
  failures: Collected["failures"],
  days: readonly IsoDay[],
  byDay: (day: IsoDay) => DayDocuments,
): { shown: ShownColumn[]; told: string[] } {
  const shown: ShownColumn[] = [];
  const told = new Set<string>();
  for (const section of sections) {
    for (const column of section.columns) {
      if (failures.has(column.route)) continue;
      if (column.sparse !== undefined) {
        told.add(column.sparse);
        const values = days.flatMap((day) => {
          const value = column.value(byDay(day));
          return value === null ? [] : [`${value} on ${day}`];
        });
        if (values.length > 0 && values.length < days.length * leastFilled)
          told.add(`${column.name}: ${values.join(", ")}.`);
        if (values.length < days.length * leastFilled || values.length === 0) continue;
      }
      shown.push({ section, column });
    }
  }
  return { shown, told: [...told] };
}

/** The share of days from which on an ordinarily empty column is worth its nulls. */
const leastFilled = 0.25;

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

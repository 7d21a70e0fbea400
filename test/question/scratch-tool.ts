import * as z from "zod";
import { isWithin } from "../../src/analytics/day.ts";
import { defineTool } from "../../src/question/define-tool.ts";
import { oneRange, rangeParams } from "../../src/question/range-input.ts";
import { byDay, essential } from "../../src/question/reads.ts";

/**
 * The smallest possible tool: it reads one route and returns one number. It contains no code for days, gaps or rings.
 */
export const scratchTool = defineTool({
  name: "oura_get_scratch",
  title: "Stress",
  description: "Minutes of high stress.",
  input: z.strictObject(rangeParams),
  output: { stress_high_min: z.number().nullable() },
  scopes: ["stress", "daily"],
  days: (input, calendar) => oneRange(input, calendar, { maximumDays: 7 }),
  dayFields: ["start_date", "end_date", "utc_offset"],
  reads: () => ({
    stress: essential(
      byDay("daily_stress", { figures: [{ name: "stress_high", on: ([document]) => document?.stress_high }] }),
    ),
  }),
  answer({ range, data }) {
    const seconds = data.stress
      .filter(({ day }) => isWithin(day, range))
      .flatMap(({ stress_high }) => stress_high ?? []);
    const minutes = seconds.length === 0 ? null : seconds.reduce((sum, one) => sum + one, 0) / 60;
    return {
      summary: `High stress: ${minutes ?? "no"} minutes.`,
      stress_high_min: minutes,
    };
  },
});

import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import { addDays } from "../../src/analytics/day.ts";
import { defineTool } from "../../src/question/define-tool.ts";
import { findMaximum } from "../../src/question/heart-rate-zones.ts";
import { metricsParam, readMetrics } from "../../src/question/metric-reads.ts";
import { oneRange, rangeParams } from "../../src/question/range-input.ts";
import { byDay, essential, other, support } from "../../src/question/reads.ts";
import type { OuraAnswer, OuraTool } from "../../src/question/tool.ts";
import { activityOn, ask, failureOf, type Held } from "../tools/ask.ts";
import { scratchTool } from "./scratch-tool.ts";

const now = "2026-11-20T15:00:00Z";
const stressOn = (day: string, stress_high: unknown = 3600) => ({
  day,
  stress_high,
  recovery_high: 0,
  day_summary: null,
});
const gen4 = [{ hardware_type: "gen4" }];

async function missingOf(held: Held, start_date = "2026-11-18") {
  const { answer } = await ask(scratchTool, { start_date }, { now, held, offsetMinutes: 0 });
  return answer.missing;
}

describe("a minimal tool that does not mention gaps", () => {
  it("returns its number and an empty `missing`", async () => {
    const held = { daily_stress: [stressOn("2026-11-18")] };
    const { answer } = await ask(scratchTool, { start_date: "2026-11-18" }, { now, held, offsetMinutes: 0 });
    expect(answer).toEqual({
      summary: "High stress: 60 minutes.",
      stress_high_min: 60,
      start_date: "2026-11-18",
      end_date: "2026-11-18",
      utc_offset: "+00:00",
      missing: [],
      notes: [],
    });
  });

  it.each([["stress"], ["daily"]] as const)(
    "is refused for an assistant without %s, without a request to Ōura",
    async (scope) => {
      const held = {
        daily_stress: () => {
          throw new Error("nothing may be read");
        },
      };
      const failure = await failureOf(ask(scratchTool, {}, { now, held, refused: [scope] }));
      expect(failure.kind).toBe("not_granted_to_assistant");
    },
  );

  it("fails with membership_lapsed if the membership has lapsed", async () => {
    const held = { daily_stress: () => new Response("{}", { status: 403 }) };
    const failure = await failureOf(ask(scratchTool, {}, { now, held, offsetMinutes: 0 }));
    expect(failure.kind).toBe("membership_lapsed");
  });

  it("reports not_worn for a day without a record or with the ring off, if later days have records", async () => {
    const off = { non_wear_time: 20 * 3600 };
    for (const day of [[], [activityOn("2026-11-18", "+00:00", off)]]) {
      const held = {
        daily_stress: [stressOn("2026-11-17")],
        daily_activity: [...day, activityOn("2026-11-19")],
        ring_configuration: gen4,
      };
      expect(await missingOf(held)).toEqual([{ what: "stress_high", days: "2026-11-18", reason: "not_worn" }]);
    }
  });

  it("reports unavailable for a day on which the ring was worn", async () => {
    const held = {
      daily_stress: [stressOn("2026-11-17")],
      daily_activity: [activityOn("2026-11-18"), activityOn("2026-11-19")],
    };
    expect(await missingOf(held)).toEqual([{ what: "stress_high", days: "2026-11-18", reason: "unavailable" }]);
  });

  it("reports not_synced for a day after the newest record", async () => {
    const held = { daily_stress: [stressOn("2026-11-17")], daily_activity: [activityOn("2026-11-17")] };
    expect(await missingOf(held)).toEqual([{ what: "stress_high", days: "2026-11-18", reason: "not_synced" }]);
  });

  it.each([
    [[{ hardware_type: "gen2" }], { what: "stress_high", reason: "not_supported" }],
    [[], { what: "stress_high", reason: "no_ring" }],
  ])("reports what cannot be measured if the ring is %j", async (ring_configuration, entry) => {
    expect(await missingOf({ ring_configuration })).toEqual([entry]);
  });

  it("names a record that cannot be read, and reports the gap as unavailable", async () => {
    const held = { daily_stress: [stressOn("2026-11-17"), stressOn("2026-11-18", "much")] };
    expect(await missingOf(held)).toEqual([
      { what: "stress_high", days: "2026-11-18", reason: "unavailable" },
      expect.objectContaining({ what: "records", detail: expect.stringContaining("1 of daily_stress") }),
    ]);
  });

  it("answers for the current day of a wearer at +13:00 whose zone was unknown before", async () => {
    const held = { daily_stress: [stressOn("2026-11-21")], daily_activity: [activityOn("2026-11-21", "+13:00")] };
    const { answer } = await ask(scratchTool, { start_date: "today" }, { now, held });
    expect(answer).toMatchObject({ start_date: "2026-11-21", utc_offset: "+13:00", stress_high_min: 60, missing: [] });
    expect(answer.notes).toEqual([]);
  });

  it("says that days are UTC days if the zone is unknown", async () => {
    const { answer } = await ask(scratchTool, {}, { now, held: { ring_configuration: gen4 } });
    expect(answer.notes).toEqual([expect.stringContaining("No ring data tells the wearer's zone")]);
  });
});

describe("supporting routes that fail", () => {
  const tool = defineTool({
    name: "oura_get_supported",
    title: "Supported",
    description: "Stress with something beside it.",
    input: z.strictObject(rangeParams),
    output: { days: z.number(), second: z.string() },
    scopes: ["stress", "daily"],
    days(input, calendar) {
      const [range] = oneRange(input, calendar, { maximumDays: 7 });
      return [range, { start: addDays(range.start, -7), end: addDays(range.end, -7) }];
    },
    reads: () => ({
      stress: essential(byDay("daily_stress")),
      before: essential(byDay("daily_stress", { over: ({ ranges: [, second], asked }) => second ?? asked })),
      readiness: support(byDay("daily_readiness"), { what: "readiness" }),
    }),
    answer: ({ data, ranges: [, second] }) => ({ summary: "Done.", days: data.stress.length, second: second.start }),
  });
  const stress = ["10", "11", "17", "18"].map((day) => stressOn(`2026-11-${day}`));
  const broken = { daily_stress: stress, daily_readiness: () => new Response(null, { status: 500 }) };

  it("become a note, and no day is reported as not worn", async () => {
    const { answer } = await ask(tool, { start_date: "2026-11-18" }, { now, held: broken, offsetMinutes: 0 });
    expect(answer.missing).toEqual([]);
    expect(answer.notes).toEqual([expect.stringMatching(/^Could not be read: readiness\. .*status 500/)]);
    expect(answer.second).toBe("2026-11-11");
  });

  it("are not mentioned without permission, and gaps are found in every range", async () => {
    const asking = { now, held: { ...broken, daily_stress: stress.slice(2) }, offsetMinutes: 0 };
    const { answer } = await ask(tool, { start_date: "2026-11-18" }, asking);
    expect(answer.missing).toEqual([{ what: "daily_stress", days: "2026-11-11", reason: "unavailable" }]);
  });
});

it("sends the notes of a tool that is not about days: how arguments were read, and its own", async () => {
  const tool = defineTool({
    name: "oura_get_scratch",
    title: "Ring",
    description: "The ring.",
    input: z.strictObject({ metrics: metricsParam }),
    output: {},
    scopes: ["personal"],
    days: null,
    reads: () => ({
      profile: support(
        other("personal_info", "profile", (reader) => reader.readProfile()),
        { what: "profile" },
      ),
    }),
    answer: () => ({ summary: "Done.", notes: ["A note of its own."] }),
  });
  const held = { personal_info: () => new Response(null, { status: 500 }) };
  const { answer } = await ask(tool, { metrics: ["Sleep"] }, { now, held, offsetMinutes: 0 });
  expect(answer.notes).toEqual(["metrics: sleep is read as sleep_score.", "A note of its own."]);
  expect(answer.missing).toEqual([expect.objectContaining({ what: "profile", reason: "unavailable" })]);
});

describe("the types", () => {
  const face = {
    asks: "oura",
    name: "oura_by_hand",
    title: "By hand",
    description: "Made without the frame.",
    input: z.strictObject({}),
    output: z.object({ summary: z.string() }),
    scopes: ["daily"],
    partScopes: {},
  } as const;
  const rest = { ...face, days: null, reads: () => ({}) } as const;
  const answer = () => ({ summary: "" });

  it("do not let a tool that reads Ōura omit or write `missing`", () => {
    // @ts-expect-error an answer without `missing`
    const without: OuraAnswer = { summary: "" };
    // @ts-expect-error `missing` written by hand
    const byHand: OuraAnswer = { summary: "", missing: [] };
    const ask = () => ({ input: {}, readAs: [], answer: async () => byHand });
    const tool: OuraTool = { ...face, ask }; // the rest of a tool may be written by hand
    expect(tool.name).toBe("oura_by_hand");
    expectTypeOf(without).toEqualTypeOf(byHand);
  });

  it("do not let a definition declare or return the frame's fields", () => {
    // @ts-expect-error a tool declares a field of the frame
    defineTool({ ...rest, output: { missing: z.array(z.string()) }, answer: () => ({ summary: "", missing: [] }) });
    // @ts-expect-error an answer contains a field of the frame
    defineTool({ ...rest, output: {}, answer: () => ({ summary: "", missing: [] }) });
    // @ts-expect-error the offset is also a field of the frame
    defineTool({ ...rest, output: {}, answer: () => ({ summary: "", utc_offset: "+00:00" }) });
    expect(defineTool({ ...rest, output: {}, answer: () => ({ summary: "" }) }).output.shape).toHaveProperty("missing");
  });

  it("do not let a definition read what its permissions do not name", () => {
    const stress = byDay("daily_stress");
    const profile = other("personal_info", "profile", (reader) => reader.readProfile());
    const declared = { ...face, days: null, output: {}, answer };
    // @ts-expect-error stress needs the permission `stress` too
    defineTool({ ...declared, reads: () => ({ stress: essential(stress) }) });
    // @ts-expect-error one of the possible reads needs another permission
    defineTool({ ...declared, reads: () => ({ it: essential(byDay("sleep")), profile: support(profile) }) });
    // @ts-expect-error metrics need the permissions of their routes
    defineTool({ ...declared, reads: () => ({ metrics: readMetrics(["steps", "spo2"]) }) });
    defineTool({
      ...declared,
      reads: () => ({}),
      async answer({ readMore }) {
        // @ts-expect-error more is read than the permissions name
        await readMore(support(profile));
        // @ts-expect-error even by a function that gets only `readMore`
        await findMaximum({ input: {}, readMore });
        return answer();
      },
    });
    const read = defineTool({
      ...declared,
      partScopes: { stress: "daytime stress", personal: "the profile" },
      reads: () => ({ stress: essential(stress), steps: readMetrics(["steps"]) }),
      answer: async ({ readMore }) => ({ summary: `${(await readMore(support(profile)))?.age}` }),
    });
    expect(read.scopes).toEqual(["daily", "stress", "personal"]);
  });

  it("give a request only the reader of its route", () => {
    // @ts-expect-error the profile is another route
    other("ring_configuration", "ring", (reader) => reader.readProfile());
    // @ts-expect-error sleep is another route
    other("sleep_ring", "rings", (reader, { asked }) => reader.readDays("sleep", asked));
    expect(other("ring_configuration", "ring", (reader) => reader.readRings()).route).toBe("ring_configuration");
  });

  it("give only a tool with the mark of a picture the function that draws one", () => {
    const declared = { ...rest, output: {} };
    // @ts-expect-error the mark is missing
    defineTool({ ...declared, answer: ({ draw }) => ({ summary: `${draw}` }) });
    const drawn = defineTool({ ...declared, hasPicture: true, answer: ({ draw }) => ({ summary: `${draw}` }) });
    expect(drawn.hasPicture).toBe(true);
  });
});

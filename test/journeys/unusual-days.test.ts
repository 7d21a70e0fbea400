import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { control } from "../support/control.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

/** The tools must find what was planted in the everyday person's year. */
let assistant: Assistant;
let planted: { illness: Span; trip: Span };

const span = z.object({ first: z.string(), last: z.string() });
type Span = z.infer<typeof span>;

beforeAll(async () => {
  await resetSimulator(fixedInstant);
  assistant = await connectAssistant();
  const { people } = await control<{ people: { id: string; illness: unknown; trip: unknown }[] }>("GET", "/people");
  const everyday = people.find(({ id }) => id === "everyday");
  planted = { illness: span.parse(everyday?.illness), trip: span.parse(everyday?.trip) };
}, 60_000);

const answer = z.object({
  summary: z.string(),
  together: z.array(z.object({ from: z.string(), to: z.string(), text: z.string() })),
  unusual: z.array(
    z.object({ metric: z.string(), from: z.string(), to: z.string(), sd: z.number(), text: z.string() }),
  ),
  expected_on_ordinary_days: z.number(),
  notes: z.array(z.string()),
});

async function detect(input: object) {
  const result = await assistant.call("oura_detect_anomalies", input);
  return answer.parse(result.structuredContent);
}

it("reports the planted illness as several simultaneous signs with the notes of those days, without a diagnosis", async () => {
  const { together, summary } = await detect({ start_date: "2026-09-22", end_date: "today" });
  const spell = together.find(({ from, to }) => from <= planted.illness.last && to >= planted.illness.first);
  expect(spell).toBeDefined();
  expect(spell?.text).toMatch(/resting heart rate \d+ bpm \(\+\d/);
  expect(spell?.text).toContain("rest mode was on");
  expect(summary).toContain("no diagnosis");
  expect(JSON.stringify(together)).not.toMatch(/\b(you are|you have|illness|infection|flu|fever)\b/i);
});

it("reports the trip as travel, not as anomalous nights", async () => {
  const { notes, unusual } = await detect({
    start_date: planted.trip.first,
    end_date: planted.trip.last,
    metrics: ["bedtime", "wake_time", "hrv"],
  });
  expect(notes.join()).toMatch(/Travel: time zone (forward|back) by \d/);
  for (const { metric, from } of unusual) {
    if (metric === "bedtime" || metric === "wake_time") expect(from).not.toBe(planted.trip.first);
  }
});

it("returns every heart-rate reading of a day of the trip in local time there", async () => {
  const day = planted.trip.last;
  const result = await assistant.call("oura_get_intraday", { start_date: day });
  const { start, end, series } = z
    .object({
      start: z.string(),
      end: z.string(),
      series: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) }),
    })
    .parse(result.structuredContent);
  expect(start).toMatch(new RegExp(`^${day}T00:00\\+0[12]:00$`)); // in Paris, while today's zone is New York
  const { data } = await control<{ data: { timestamp: string; bpm: number }[] }>(
    "GET",
    `/people/everyday/documents/heartrate?start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`,
  );
  const held = data.filter(({ bpm, timestamp }) => bpm >= 25 && bpm <= 220 && Date.parse(timestamp) < Date.parse(end));
  const counts = series.rows.map((row) => Number(row[series.columns.indexOf("n")]));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(held.length);
});

it("lists the most unusual spells of half a year, the worst first, and says how many are omitted", async () => {
  const { summary, together, unusual, notes } = await detect({
    start_date: "2026-05-25",
    end_date: "2026-11-20",
    sensitivity: "high",
  });
  expect(unusual).toHaveLength(24);
  expect(
    unusual
      .map(({ from }) => from)
      .toSorted()
      .at(0) ?? "",
  ).toMatch(/^2026-0[56]/); // from the whole range, not only its end
  expect(notes.join()).toMatch(/Only the 24 most unusual of \d+ spells are listed/);
  const illness = together.find(({ from, to }) => from <= planted.illness.last && to >= planted.illness.first);
  expect(illness).not.toBe(together[0]);
  expect(summary).toContain(illness?.text);
});

it("finds more at high sensitivity than at low, and reports the number that ordinary days give", async () => {
  const range = { start_date: "2026-10-01", end_date: "2026-10-31" };
  const [high, medium, low] = [
    await detect({ ...range, sensitivity: "high" }),
    await detect(range),
    await detect({ ...range, sensitivity: "low" }),
  ];
  expect(high.unusual.length).toBeGreaterThan(medium.unusual.length);
  expect(medium.unusual.length).toBeGreaterThan(low.unusual.length);
  expect(high.expected_on_ordinary_days).toBeGreaterThan(low.expected_on_ordinary_days);
});

it("gives the same result for a single metric: days of illness are excluded from every baseline", async () => {
  const range = { start_date: "2026-10-01", end_date: "2026-11-15" };
  const alone = await detect({ ...range, metrics: ["sleep_score"] });
  const among = await detect(range);
  expect(alone.unusual).toEqual(among.unusual.filter(({ metric }) => metric === "sleep_score"));
});

it("names missed nights by their days", async () => {
  const result = await assistant.call("oura_get_sleep_sessions", { start_date: "2026-09-01", end_date: "2026-11-19" });
  const { missing } = z
    .object({ missing: z.array(z.object({ what: z.string(), days: z.string().optional(), reason: z.string() })) })
    .parse(result.structuredContent);
  const { data } = await control<{ data: { day: string; type: string }[] }>("GET", "/people/everyday/documents/sleep");
  const nights = new Set(data.filter(({ type }) => type === "long_sleep").map(({ day }) => day));
  const missed = missing.find(({ what, reason }) => what === "night" && reason === "not_worn")?.days ?? "";
  expect(missed).not.toBe("");
  for (const run of missed.split(", ")) expect(nights.has(run.split("..")[0] ?? "")).toBe(false);
});

import { expect, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { night } from "../../src/pages/landing-night.ts";
import { connectAssistant, resetSimulator } from "../support/product.ts";

const sleepAnswer = z.object({
  summary: z.string(),
  time_series: z.object({ sleeps: z.tuple([z.object({ rows: z.array(z.array(z.unknown())) })]) }),
});

it("shows a real answer of the tool about a simulated person", async () => {
  await resetSimulator(fixedInstant);
  const assistant = await connectAssistant();
  const asked = { start_date: night.day, end_date: night.day, include_time_series: true };
  const answer = sleepAnswer.parse((await assistant.call(night.tool, asked)).structuredContent);
  for (const figure of night.figures) {
    expect(answer.summary).toContain(figure);
    expect(night.answer.join(" ")).toContain(figure);
  }
  const rows = answer.time_series.sleeps[0].rows.map((row) => row.slice(0, 6));
  expect(rows).toEqual(night.buckets);
});

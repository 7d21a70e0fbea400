import { expect, it } from "vitest";
import { instants } from "../../sandbox/clock/instants.ts";
import { connectAssistant, resetSimulator } from "../support/product.ts";

/**
 * People who wear the ring nearly every night, in New York, London and Tonga. Nobody can have a last night at every hour:
 * after midnight the night of the new day is not over. Of these three, one has it at each of these instants.
 */
const people = ["everyday", "two_rings", "far_east"];

interface Preview {
  note: string | null;
  result: { _meta: { "ringbridge/picture": { sleeps: { day: string; sleep: string; heartRate: object | null }[] } } };
}

it.each(instants)("Show me last night draws a night $name ($instant)", async ({ instant }) => {
  await resetSimulator(instant);
  const withLastNight: string[] = [];
  for (const person of people) {
    const { browser } = await connectAssistant({ person });
    const response = await browser.postJson("/preview", {});
    const { note, result } = await response.json<Preview>();
    const { sleeps } = result._meta["ringbridge/picture"];
    const nights = sleeps.filter(({ sleep, heartRate }) => sleep === "night" && heartRate !== null);
    expect(nights, person).toHaveLength(1);
    const daysAgo = (Date.parse(instant) - Date.parse(nights[0]?.day ?? "")) / 86_400_000;
    expect(daysAgo, person).toBeLessThan(3.6); // three days, and up to 14 hours of time zone
    if (note === null) withLastNight.push(person);
    else expect(note).toMatch(/^Last night is not at Ōura yet\. This is the newest one, the night to /);
  }
  expect(withLastNight).not.toEqual([]);
});

it("says so where the last three days have no night", async () => {
  await resetSimulator();
  const { browser } = await connectAssistant({ person: "no_ring" });
  const { note } = await (await browser.postJson("/preview", {})).json<Preview>();
  expect(note).toBe("There is no night of the last 3 days at Ōura yet.");
});

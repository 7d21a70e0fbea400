import { expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { connectAssistant } from "../support/product.ts";

it("reports records of an unknown form beside those that could be read", async () => {
  const assistant = await connectAssistant();
  const faults = [{ kind: "surprise", surprise: "no_dates", share: 0.5, route: "daily_sleep" }];
  await control("PUT", "/faults", { faults });
  const question = { start_date: clock.daysAgo(30), sections: ["sleep"] };
  const { structuredContent } = await assistant.call("oura_get_daily_summary", question);
  expect(structuredContent?.missing).toContainEqual({
    what: "records",
    reason: "unavailable",
    detail: expect.stringMatching(/could not be read, or not wholly: \d+ of daily_sleep\./),
  });
});

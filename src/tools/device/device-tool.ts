import * as z from "zod";
import { addDays } from "../../analytics/day.ts";
import { defineTool } from "../../question/define-tool.ts";
import { essential, nothing, other, part, support } from "../../question/reads.ts";
import { joinSentences } from "../../words/present.ts";
import { cell } from "../../words/table.ts";
import { wearerTextNote } from "../../words/wearer-text.ts";
import { answerBattery, batteryFields, historyStart } from "./answer-battery.ts";
import { answerProfile, profileOutput } from "./profile.ts";
import { arrangeRings, explainRings, sayHistory, sayRings } from "./rings.ts";

const optional = {
  last_night_on: cell.optional(),
  first_night_on: cell.optional(),
  nights: cell.optional(),
  wearer_text: cell.optional(),
};

export const deviceTool = defineTool({
  name: "oura_get_device",
  title: "Ōura Ring and battery",
  description:
    "The ring's model, size, colour, firmware and set-up date; battery level, charges, drain a day, and whether it lasts " +
    "the night. include_profile adds the wearer's age, height, weight and sex.",
  input: z.strictObject({
    include_profile: z.boolean().default(false).describe("Also the profile."),
    include_history: z.boolean().default(false).describe("Also which ring recorded which nights, over six years."),
  }),
  output: {
    rings: z.array(
      z.object({ model: cell, firmware: cell, size: cell, color: cell, design: cell, set_up_on: cell, ...optional }),
    ),
    ...batteryFields,
    profile: profileOutput.optional(),
  },
  scopes: ["ring_configuration"],
  partScopes: { daily: "which ring recorded which nights", personal: "the profile" },
  days: null,
  reads: ({ include_profile, include_history }) => ({
    rings: essential(other("ring_configuration", "ring", (reader) => reader.readRings())),
    batteries: part(other("ring_battery_level", "battery", (reader) => reader.readBatteries())),
    // If the history of battery levels cannot be read, the function `answer` reports the failure, but only if the
    // current battery level could be read.
    history: {
      ...support(
        other("ring_battery_level", "battery history", (reader, { now }) =>
          reader.readBatteryHistory(historyStart(now), now),
        ),
      ),
      loss: null,
    },
    sleeps: include_history ? part(ringOfNights(longReach)) : nothing,
    profile: include_profile ? part(other("personal_info", "profile", (reader) => reader.readProfile())) : nothing,
  }),
  async answer({ input, data, gaps, now, today, offsetMinutes, readMore }) {
    // If the account has several rings, the last nights are read to find out which ring is in use. For a question about
    // the history of the rings, these nights were already read.
    const isOfMany = data.rings.length > 1 && !input.include_history;
    const sleeps = isOfMany ? await readMore(support(ringOfNights(recentDays), nightsLost)) : data.sleeps;
    const rings = arrangeRings(data.rings, sleeps ?? [], {
      recentSince: addDays(today, -recentDays),
      withNights: input.include_history,
    });
    const history = input.include_history ? sayHistory(rings) : null;
    if (input.include_history && history === null && data.sleeps !== null && data.rings.length > 0)
      gaps.add({
        what: "nights of each ring",
        reason: "unavailable",
        detail: "Ōura does not say which ring recorded them",
      });
    gaps.addUnnamed(...explainRings(data.rings));
    const battery = answerBattery(
      { levels: data.batteries ?? [], history: data.history, rings, now, offsetMinutes },
      gaps,
    );
    const profile = data.profile && answerProfile(data.profile, gaps);
    const quotes = [...rings.all, ...(profile ? [profile.fields] : [])].some(
      ({ wearer_text }) => wearer_text !== undefined,
    );
    return {
      summary: joinSentences(sayRings(rings), history, battery.sentence, profile?.sentence ?? null),
      rings: rings.all,
      ...battery.fields,
      ...(profile ? { profile: profile.fields } : {}),
      notes: quotes ? [wearerTextNote] : [],
    };
  },
});

/** A ring that recorded a night within the last two weeks (this many days) may be the ring in use. */
const recentDays = 14;
/** How many days back the history of the rings is read: six years, which is longer than any ring lasts. */
const longReach = 2192;

const nightsLost = { what: "the ring of each night" };

/** Declares what to read: which ring recorded each sleep of the last `days` days. */
function ringOfNights(days: number) {
  return other("sleep_ring", "the ring of each night", (reader, { asked: { end } }) =>
    reader.readDays("sleep_ring", { start: addDays(end, -days), end }),
  );
}

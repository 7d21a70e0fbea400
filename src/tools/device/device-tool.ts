import * as z from "zod";
import { addDays, dayMilliseconds } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { defineTool } from "../../question/define-tool.ts";
import { essential, nothing, other, part, support } from "../../question/reads.ts";
import { splitCode } from "../../words/code-words.ts";
import { joinSentences } from "../../words/present.ts";
import { cell, table } from "../../words/table.ts";
import { quoteWearer, wearerTextNote } from "../../words/wearer-text.ts";
import { batteryOutput, describeBattery, readBatteries, sayBatteries } from "./batteries.ts";
import {
  chargeTable,
  describeForecast,
  explainDrain,
  forecastBattery,
  historyDays,
  sayForecast,
} from "./battery-use.ts";
import { arrangeRings, sayHistory, sayRings } from "./rings.ts";

const optional = {
  last_night_on: cell.optional(),
  first_night_on: cell.optional(),
  nights: cell.optional(),
  wearer_text: cell.optional(),
};

const hour = 3_600_000;

/**
 * Returns the time in epoch ms from which battery levels are read. The time is rounded down to a full hour, so that the
 * same question some seconds later gets the same answer. The oldest reading may therefore be up to an hour older than
 * `historyDays` days.
 */
function historyStart(now: number): number {
  return Math.floor(now / hour) * hour - historyDays * dayMilliseconds;
}

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
    battery: batteryOutput.optional(),
    /** The battery levels of the other rings, if the account has several. */
    more_batteries: z.array(batteryOutput).optional(),
    battery_use: z.record(z.string(), cell).optional(),
    battery_charges: table.optional(),
    profile: z
      .object({
        age_years: cell,
        height_m: cell,
        weight_kg: cell,
        biological_sex: cell,
        wearer_text: optional.wearer_text,
      })
      .optional(),
  },
  scopes: ["ring_configuration"],
  days: null,
  saysTimes: true,
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
    const { profile } = data;
    // If the account has several rings, the last nights are read to find out which ring is in use. For a question about
    // the history of the rings, these nights were already read.
    const isOfMany = data.rings.length > 1 && !input.include_history;
    const sleeps = (isOfMany ? await readMore(support(ringOfNights(recentDays), nightsLost)) : data.sleeps) ?? [];
    const rings = arrangeRings(data.rings, sleeps, {
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
    const batteries = readBatteries(data.batteries ?? [], { rings: rings.all.length, now });
    const [battery, ...more] = batteries;
    if (data.rings.length === 0) gaps.add({ what: "ring", reason: "unavailable", detail: "no ring is set up at Ōura" });
    const unsaid = Object.entries(ouraFields).filter(([, field]) => data.rings.some((ring) => ring[field] === null));
    if (unsaid.length > 0) gaps.add({ what: `ring ${unsaid.map(([name]) => name).join(", ")}`, reason: "unavailable" });
    const isOfSeveral = rings.inUse.length > 1;
    const found = battery && data.history ? forecastBattery(data.history, battery, { now, offsetMinutes }) : null;
    // Oura does not state to which ring a battery level belongs. If several rings are in use, the levels therefore do
    // not show how fast one battery drains.
    const isMixed = more.length > 0 || (isOfSeveral && found?.use.jumps === true);
    const forecast = isMixed ? null : found;
    if (battery && data.history === null)
      gaps.add({ what: "battery drain", reason: "unavailable", detail: "the last days' levels could not be read" });
    if (found && battery) gaps.add(...explainDrain(found, battery, isMixed));
    if (data.rings.length > 0 && !battery && !gaps.entries.some(({ what }) => what === "battery"))
      gaps.add({ what: "battery", reason: "unavailable" });
    if (batteries.some(({ isFuture }) => isFuture))
      gaps.add({ what: "battery", reason: "unavailable", detail: "Ōura dates its reading in the future" });
    const untold = profile ? Object.entries(profileFields).filter(([, field]) => profile[field] === null) : [];
    if (untold.length > 0)
      gaps.add({ what: `profile ${untold.map(([name]) => name).join(", ")}`, reason: "unavailable" });
    const told = profile ? toProfile(profile) : null;
    const quotes = [...rings.all, ...(told ? [told] : [])].some(({ wearer_text }) => wearer_text !== undefined);
    return {
      summary: joinSentences(
        sayRings(rings),
        history,
        data.rings.length === 0 ? null : sayBatteries(batteries, offsetMinutes, isOfSeveral),
        battery && forecast ? sayForecast(forecast, battery, offsetMinutes) : null,
        profile && sayProfile(profile),
      ),
      rings: rings.all,
      ...(battery ? { battery: describeBattery(battery, offsetMinutes) } : {}),
      ...(more.length > 0 ? { more_batteries: more.map((one) => describeBattery(one, offsetMinutes)) } : {}),
      ...(forecast ? { battery_use: describeForecast(forecast, offsetMinutes) } : {}),
      ...(forecast && forecast.use.charges.length > 0
        ? { battery_charges: chargeTable(forecast.use.charges, offsetMinutes) }
        : {}),
      ...(told ? { profile: told } : {}),
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

/** For each figure of a ring in the answer, the name of the field in Oura's document from which the figure is taken. */
const ouraFields = {
  model: "hardware_type",
  firmware: "firmware_version",
  size: "size",
  color: "color",
  design: "design",
  set_up_on: "set_up_at",
} as const;

/**
 * For each figure of the wearer's profile in the answer, the name of the field in Oura's document from which the figure
 * is taken.
 */
const profileFields = {
  age: "age",
  height: "height",
  weight: "weight",
  biological_sex: "biological_sex",
} as const;

type Profile = OuraDocument<"personal_info">;

function isKnownSex(sex: string | null): boolean {
  return sex === "male" || sex === "female";
}

function toProfile({ age, height, weight, biological_sex: sex }: Profile) {
  const isUnknown = sex !== null && !isKnownSex(sex);
  const quoted = isUnknown ? quoteWearer(`biological sex ${splitCode(sex).join(" ")}`) : null;
  return {
    age_years: age,
    height_m: height,
    weight_kg: weight,
    biological_sex: isKnownSex(sex) ? sex : null,
    ...(quoted === null ? {} : { wearer_text: quoted }),
  };
}

function sayProfile({ age, height, weight, biological_sex: sex }: Profile): string | null {
  const parts = [
    age === null ? null : `${age} years old`,
    height === null ? null : `${height} m tall`,
    weight === null ? null : `${weight} kg`,
    isKnownSex(sex) ? sex : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `Profile as told to Ōura: ${parts.join(", ")}.`;
}

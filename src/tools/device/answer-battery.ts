import * as z from "zod";
import { dayMilliseconds } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { Gaps } from "../../question/gaps.ts";
import { joinSentences } from "../../words/present.ts";
import { cell, table } from "../../words/table.ts";
import { batteryOutput, describeBattery, readBatteries, sayBatteries } from "./batteries.ts";
import {
  chargeTable,
  describeForecast,
  explainDrain,
  explainIncomplete,
  forecastBattery,
  historyDays,
  sayForecast,
} from "./battery-use.ts";
import type { Rings } from "./rings.ts";

/** The fields of the answer about batteries. */
export const batteryFields = {
  battery: batteryOutput.optional(),
  /** The battery levels of the other rings, if the account has several. */
  more_batteries: z.array(batteryOutput).optional(),
  battery_use: z.record(z.string(), cell).optional(),
  battery_charges: table.optional(),
};

const hour = 3_600_000;

/**
 * Returns the time in epoch ms from which battery levels are read. The time is rounded down to a full hour, so that the
 * same question some seconds later gets the same answer. The oldest reading may therefore be up to an hour older than
 * `historyDays` days.
 */
export function historyStart(now: number): number {
  return Math.floor(now / hour) * hour - historyDays * dayMilliseconds;
}

interface BatteryQuestion {
  levels: readonly OuraDocument<"ring_battery_level">[];
  /** The battery levels of the last days. Null when they could not be read. */
  history: readonly OuraDocument<"ring_battery_level">[] | null;
  rings: Rings;
  /** The instant of the question, in epoch ms. */
  now: number;
  offsetMinutes: number;
}

/**
 * Returns the battery levels and the forecast as sentences and as fields of the answer. Adds what is not known about
 * the battery to `gaps`.
 */
export function answerBattery(
  { levels, history, rings: { all, inUse }, now, offsetMinutes }: BatteryQuestion,
  gaps: Pick<Gaps, "add" | "addUnnamed" | "entries">,
) {
  const batteries = readBatteries(levels, { rings: all.length, now });
  const [battery, ...more] = batteries;
  const isOfSeveral = inUse.length > 1;
  const found = battery && history ? forecastBattery(history, battery, { now, offsetMinutes }) : null;
  // Oura does not state to which ring a battery level belongs. If several rings are in use, the levels therefore do not
  // show how fast one battery drains.
  const isMixed = more.length > 0 || (isOfSeveral && found?.use.jumps === true);
  const forecast = isMixed ? null : found;
  if (battery && history === null)
    gaps.add({ what: "battery drain", reason: "unavailable", detail: "the last days' levels could not be read" });
  if (forecast) gaps.addUnnamed(...explainIncomplete(forecast));
  if (found && battery) gaps.add(...explainDrain(found, battery, isMixed));
  if (all.length > 0 && !battery && !gaps.entries.some(({ what }) => what === "battery"))
    gaps.add({ what: "battery", reason: "unavailable" });
  if (batteries.some(({ isFuture }) => isFuture))
    gaps.add({ what: "battery", reason: "unavailable", detail: "Ōura dates its reading in the future" });
  return {
    sentence: joinSentences(
      all.length === 0 ? null : sayBatteries(batteries, offsetMinutes, isOfSeveral),
      battery && forecast ? sayForecast(forecast, battery, offsetMinutes) : null,
    ),
    fields: {
      ...(battery ? { battery: describeBattery(battery, offsetMinutes) } : {}),
      ...(more.length > 0 ? { more_batteries: more.map((one) => describeBattery(one, offsetMinutes)) } : {}),
      ...(forecast ? { battery_use: describeForecast(forecast, offsetMinutes) } : {}),
      ...(forecast && forecast.use.charges.length > 0
        ? { battery_charges: chargeTable(forecast.use.charges, offsetMinutes) }
        : {}),
    },
  };
}

import type { OuraDocument } from "../../oura/routes.ts";
import type { Gaps } from "../../question/gaps.ts";
import { joinSentences } from "../../words/present.ts";
import { describeBattery, readBatteries, sayBatteries } from "./batteries.ts";
import {
  chargeTable,
  describeForecast,
  explainDrain,
  explainIncomplete,
  forecastBattery,
  sayForecast,
} from "./battery-use.ts";
import type { Rings } from "./rings.ts";

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

import { now } from "../../src/clock.ts";
import { machineNow } from "./machine-now.ts";

const translated = new WeakSet<object>();

/**
 * The runtime keeps alarms by the machine's clock, the agent sets them by `Date`. From here on every storage translates
 * between the two: without it an alarm of a clock that is behind fires at once and again, and one of a clock ahead never.
 */
export function translateAlarms(storage: DurableObjectStorage): void {
  const prototype: DurableObjectStorage = Object.getPrototypeOf(storage);
  if (translated.has(prototype)) return;
  translated.add(prototype);
  const { setAlarm, getAlarm } = prototype;
  const ahead = () => now() - machineNow();
  prototype.setAlarm = function (time, options) {
    return setAlarm.call(this, Number(time) - ahead(), options);
  };
  prototype.getAlarm = async function (options) {
    const time = await getAlarm.call(this, options);
    return time === null ? null : time + ahead();
  };
}

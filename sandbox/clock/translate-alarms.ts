import { now } from "../../src/clock.ts";
import { machineNow } from "./machine-now.ts";

const translated = new WeakSet<object>();

/**
 * Translates alarm times between `Date`, by which the agent sets them, and the machine's clock, by which the runtime
 * fires them. Without this, alarms fire at once and repeatedly if `Date` is behind the machine, and never if it is
 * ahead.
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

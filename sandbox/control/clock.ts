import type { SimulatorStore } from "../store.ts";

/** A pinned clock stands still; a shifted one advances with the host's clock. */
export type ClockSetting = { now: number } | { offset_ms: number };

const KEY = "clock";

/** The simulator's current time, epoch ms: the host's clock unless a test has set another. */
export async function currentTime(store: SimulatorStore, hostNow: () => number): Promise<number> {
  const setting = await store.get<ClockSetting>(KEY);
  if (!setting) return hostNow();
  return "now" in setting ? setting.now : hostNow() + setting.offset_ms;
}

export async function setClock(store: SimulatorStore, setting: ClockSetting | null): Promise<void> {
  await (setting === null ? store.delete(KEY) : store.put(KEY, setting));
}

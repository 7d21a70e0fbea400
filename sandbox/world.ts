import { currentTime } from "./control/clock.ts";
import { createLives, type Life, type Lives } from "./people/life.ts";
import type { SimulatorStore } from "./store.ts";

/** What every handler needs: the store, the clock and all people's lives. */
export interface World {
  store: SimulatorStore;
  now(): Promise<number>;
  life(person: string): Promise<Life | null>;
  overrides(person: string): Promise<PersonOverrides>;
  override(person: string, change: PersonOverrides): Promise<PersonOverrides>;
}

/** What a test may change about a person. `null` keeps the person's own value. */
export interface PersonOverrides {
  membership: "active" | "lapsed" | null;
  /** Nothing recorded after this instant has reached Oura yet; epoch ms. */
  syncedUntil: number | null;
}

const NO_OVERRIDES: PersonOverrides = { membership: null, syncedUntil: null };

export function createWorld(options: { store: SimulatorStore; now: () => number; seed: number }): World {
  const { store, seed } = options;
  let built: { anchor: number; lives: Lives } | null = null;
  const now = (): Promise<number> => currentTime(store, options.now);
  const overridesKey = (person: string): string => `person:${person}`;
  return {
    store,
    now,
    async life(person) {
      // The anchor day is fixed at first use, so that planted features keep their dates while time passes. A reset
      // clears it.
      const today = await now();
      const anchor = await store.update<number>("anchor", (known) => known ?? today);
      if (built?.anchor !== anchor) built = { anchor, lives: createLives(seed, anchor) };
      return built.lives.get(person);
    },
    overrides: async (person) => (await store.get<PersonOverrides>(overridesKey(person))) ?? NO_OVERRIDES,
    async override(person, change) {
      await store.put(overridesKey(person), change);
      return change;
    },
  };
}

export async function horizonOf(world: World, person: string): Promise<number> {
  const [now, { syncedUntil }] = await Promise.all([world.now(), world.overrides(person)]);
  return Math.min(now, syncedUntil ?? now);
}

export async function membershipOf(world: World, life: Life): Promise<"active" | "lapsed"> {
  return (await world.overrides(life.person.id)).membership ?? life.person.membership;
}

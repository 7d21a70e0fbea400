import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { createSimulator } from "../../sandbox/simulator.ts";
import { createMemoryStore } from "../../sandbox/store.ts";

/** Friday, 20 November 2026: 15:00 in New York, 20:00 in London, 21:00 in Berlin and Saturday 09:00 in Tonga. */
export const now = Date.parse(fixedInstant);

const origin = "http://simulator.test";
const document = z.record(z.string(), z.unknown());
const documents = z.object({ data: z.array(document) });
const planted = z.object({
  people: z.array(z.object({ id: z.string(), illness: z.object({ first: z.string(), last: z.string() }).nullable() })),
});

export type HeldDocument = z.output<typeof document>;

/** The simulated people: as Oura's API shows them to the tools, and as they are. */
export interface SyntheticPeople {
  apiUrl: string;
  fetch: typeof fetch;
  /** An access token, as a person's grant would give it. */
  issueToken(person: string, scopes: readonly string[]): Promise<string>;
  /** Everything held on a route, past paging, projection and every other quirk of the API. */
  held(person: string, route: string, window?: { start: string; end: string }): Promise<HeldDocument[]>;
  /** The same as it was at an instant, when nothing later had reached Oura. */
  heldAt(instant: string, person: string, route: string): Promise<HeldDocument[]>;
  illnessOf(person: string): Promise<{ first: string; last: string } | null>;
}

export function createSyntheticPeople(): SyntheticPeople {
  const app = createSimulator({ store: createMemoryStore(), now: () => now });

  async function control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await app.request(`${origin}/sandbox/control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`control ${path} answered ${response.status}`);
    return response.json();
  }

  const held: SyntheticPeople["held"] = async (person, route, window) => {
    const query = window ? `?${new URLSearchParams({ ...window })}` : "";
    return documents.parse(await control("GET", `people/${person}/documents/${route}${query}`)).data;
  };

  return {
    apiUrl: `${origin}/sandbox/oura`,
    fetch: async (input, init) => app.fetch(new Request(input, init)),
    async issueToken(person, scopes) {
      const issued = await control("POST", "tokens", { person, scopes });
      return z.object({ access_token: z.string() }).parse(issued).access_token;
    },
    held,
    async heldAt(instant, person, route) {
      await control("PUT", `people/${person}`, { synced_until: instant });
      const found = await held(person, route);
      await control("PUT", `people/${person}`, { synced_until: null });
      return found;
    },
    async illnessOf(person) {
      const { people } = planted.parse(await control("GET", "people"));
      return people.find(({ id }) => id === person)?.illness ?? null;
    },
  };
}

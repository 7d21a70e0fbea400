import { expect, it } from "vitest";
import { createAssistantStore } from "../../src/agent/assistants.ts";

const day = 86_400_000;

/** An agent's key-value storage, as far as the store uses it, on a clock the test moves. */
function store() {
  const clock = { now: Date.UTC(2026, 10, 20) };
  const values = new Map<string, unknown>();
  const storage: SyncKvStorage = {
    get: <T>(key: string) => structuredClone(values.get(key)) as T | undefined, // the caller names what it stored
    put: (key, value) => void values.set(key, structuredClone(value)),
    delete: (key) => values.delete(key),
    list: <T>() => [...values] as [string, T][], // as in get
  };
  return { clock, assistants: createAssistantStore(storage, () => clock.now) };
}

const details = {
  clientId: "client",
  clientName: "Assistant",
  clientDomain: null,
  redirectHost: "localhost",
  scopes: ["daily" as const],
};

it("lets go of records whose grants have ended when another assistant is added, and of no others", () => {
  const { clock, assistants } = store();
  const [unused, used, revoked] = [assistants.add(details), assistants.add(details), assistants.add(details)];
  clock.now += 150 * day;
  assistants.touch(used, clock.now);
  assistants.revoke(revoked);
  const fresh = assistants.add(details);
  expect(assistants.list()).toHaveLength(4);
  clock.now += 29 * day;
  assistants.add(details);
  expect(assistants.find(unused)).not.toBeNull();
  expect(assistants.find(revoked)).not.toBeNull();
  clock.now += 2 * day;
  assistants.add(details);
  expect([unused, revoked].map(assistants.find)).toEqual([null, null]);
  expect(assistants.find(used)).not.toBeNull();
  expect(assistants.find(fresh)).not.toBeNull();
});

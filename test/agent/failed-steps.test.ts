import { describe, expect, it } from "vitest";
import { createAccount } from "../../sandbox/walk.ts";
import type { Parts } from "../../src/agent/parts.ts";
import { deleteAccount, eraseStorage, runDue } from "../../src/agent/retention.ts";
import { disconnectOura } from "../../src/agent/ring-connection.ts";
import { createSchedule } from "../../src/agent/schedule.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";
import { createBrowser, origin } from "../support/product.ts";
import { fetchWith, namespaceOf } from "../support/wire.ts";

/*
 * A step outside of an account's object can fail a moment later. Whoever began the step must hear of it: a caller that
 * does not wait would report success. The linter does not know the types of the platform, so it does not see these
 * promises.
 */

const day = 86_400_000;

async function failLater(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  throw new Error("interrupted");
}

/** The parts of an account without assistants that was last used at time 0. */
function openParts(registry: object, now: number): Parts {
  const connecting = { storage: createMemoryStorage().storage, tokenKeys: [], accountId: "account" };
  const parts = {
    accountId: "account",
    now: () => now,
    env: { REGISTRY: namespaceOf(() => registry) },
    connecting: () => connecting,
    connection: () => ({ disconnect: async () => true }),
    cache: { clear() {} },
    activity: { prune() {} },
    grants: { deleteExpired() {} },
    sessions: { list: () => [] },
    assistants: { list: () => [] },
    account: { load: () => ({ lastSeenAt: 0 }), exists: () => false },
    tidy: { run: async () => {}, dueAt: () => null as number | null, add() {} },
  };
  return parts as unknown as Parts; // the functions under test use only these
}

const mustNotRun = () => Promise.reject(new Error("data was deleted before the account had left the registry"));
const deletesNothing = { wipe: mustNotRun, deleteFromKv: mustNotRun };

describe("a step that fails later", () => {
  it.each<[string, (parts: Parts) => Promise<unknown>]>([
    ["to disconnect", (parts) => disconnectOura(parts, { revoke: false })],
    ["to delete the account", (parts) => deleteAccount(parts, deletesNothing)],
    ["to end an idle account", runDue],
  ])("makes the attempt %s fail, so that it is made again", async (_name, attempt) => {
    const parts = openParts({ releaseOwner: failLater, release: failLater }, 180 * day);
    await expect(attempt(parts)).rejects.toThrow("interrupted");
  });

  it("makes the attempt to erase an object fail", async () => {
    const parts = openParts({}, 0);
    const steps: string[] = [];
    const storage = {
      deleteAlarm: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        steps.push("the alarm is deleted");
      },
      deleteAll: failLater,
    };
    // `eraseStorage` uses only these two for an account that needs no tidying
    await expect(eraseStorage(parts, storage as unknown as DurableObjectStorage)).rejects.toThrow("interrupted");
    expect(steps).toEqual(["the alarm is deleted"]);
  });

  it("is known to whoever set the alarm", async () => {
    const parts = openParts({}, 0);
    parts.tidy.dueAt = () => 5;
    const context = { storage: { getAlarm: async () => null, setAlarm: failLater } };
    const schedule = createSchedule(parts, context as unknown as DurableObjectState, () => {}); // uses only the storage
    await expect(schedule.setAlarm()).rejects.toThrow("interrupted");
    await expect(schedule.alarmAfter(Promise.resolve("done"))).rejects.toThrow("interrupted");
  });

  it("is no sign-out", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    const headers = { origin, cookie: browser.cookies(), "content-type": "application/x-www-form-urlencoded" };
    const request = new Request(`${origin}/sign-out`, { method: "POST", headers });
    const bindings = { RING_AGENT: namespaceOf(() => ({ signOut: failLater })) };
    expect((await fetchWith(bindings, request)).status).toBe(500);
  });
});

it("an account is idle 180 days after its last use, and not earlier", async () => {
  const told: string[] = [];
  const registry = {
    release: async (accountId: string) => {
      told.push(accountId);
    },
  };
  expect([await runDue(openParts(registry, 180 * day - 1)), told]).toEqual(["in_use", []]);
  expect([await runDue(openParts(registry, 180 * day)), told]).toEqual(["idle", ["account"]]);
});

import { describe, expect, it } from "vitest";
import { type AssistantDetails, createAssistantStore } from "../../src/grants/assistants.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

const hour = 3_600_000;

const details: AssistantDetails = {
  clientId: "client",
  clientName: "Claude",
  clientDomain: null,
  redirectHost: "claude.test",
  isOnThisComputer: false,
  replacesOlder: false,
  scopes: ["daily", "tag"],
};

function openStore() {
  const clock = { now: 1_000_000 };
  return { clock, store: createAssistantStore(createMemoryStorage().storage, () => clock.now) };
}

describe("an approval", () => {
  it("keeps the first use, and the last use to the hour", () => {
    const { store } = openStore();
    const id = store.add(details, null);
    const uses = () => [store.find(id)?.firstUsedAt, store.find(id)?.lastUsedAt];
    store.touch(id, 5_000, 6_000);
    expect(uses()).toEqual([5_000, 6_000]);
    store.touch(id, 7_000, 6_000 + hour - 1);
    expect(uses()).toEqual([5_000, 6_000]);
    store.touch(id, 7_000, 6_000 + hour);
    expect(uses()).toEqual([5_000, 6_000 + hour]);
  });

  it("of an access token is allowed until the instant at which it expires, and not after it is revoked", () => {
    const { clock, store } = openStore();
    const token = { name: "Script", scopes: ["daily"] as const, hash: "h", expiresAt: clock.now + 1_000 };
    store.addAccessToken("one", token);
    store.addAccessToken("two", token);
    store.revoke("two");
    expect([store.isAllowed("one"), store.isAllowed("two"), store.isAllowed("three")]).toEqual([true, false, false]);
    clock.now += 999;
    expect(store.isAllowed("one")).toBe(true);
    clock.now += 1;
    expect(store.isAllowed("one")).toBe(false);
  });

  it("loses scopes and never gains one", () => {
    const { store } = openStore();
    const id = store.add(details, null);
    store.narrow(id, ["tag", "heartrate"]);
    expect(store.find(id)?.scopes).toEqual(["tag"]);
    store.narrow(id, ["daily", "tag"]);
    expect(store.find(id)?.scopes).toEqual(["tag"]);
  });

  it("that replaces older ones names them at its first use, once: those of its own client alone", () => {
    const { clock, store } = openStore();
    const older = store.add(details, null);
    const revoked = store.add(details, null);
    store.revoke(revoked);
    store.add({ ...details, clientId: "another" }, null);
    const newer = store.add({ ...details, replacesOlder: true, scopes: ["tag", "workout"] }, null);
    clock.now += 1;
    store.add(details, null); // made after the newer one
    expect(store.find(older)?.scopes).toEqual(["tag"]);
    expect(store.takeReplaced(older)).toEqual([]);
    expect(store.takeReplaced(newer)).toEqual([older]);
    expect(store.takeReplaced(newer)).toEqual([]);
  });

  it("that was revoked replaces none", () => {
    const { store } = openStore();
    store.add(details, null);
    const newer = store.add({ ...details, replacesOlder: true }, null);
    store.revoke(newer);
    expect(store.takeReplaced(newer)).toEqual([]);
  });
});

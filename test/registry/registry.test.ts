import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { hashSecret } from "../../src/crypto/secrets.ts";
import { takeAllowance } from "../../src/registry/daily-allowance.ts";
import { Registry, theRegistry } from "../../src/registry/registry.ts";
import { addTroubles } from "../../src/registry/trouble-counts.ts";
import { clock } from "../support/clock.ts";
import { emptyStorage } from "../support/empty-storage.ts";

afterEach(async () => {
  await emptyStorage();
});

const day = 86_400_000;
const minute = 60_000;
const network = "192.0.2.1";

async function registryWith(capacity: number) {
  const registry = theRegistry(env);
  await registry.setCapacity(capacity);
  return registry;
}

/** The place and the number of waiting accounts in a status. */
function pendingAs(place: number, waiting: number) {
  return { place, waiting, code: expect.any(String) };
}

describe("places", () => {
  it("are given at once while any are free, then in order of registration", async () => {
    const registry = await registryWith(1);
    expect(await registry.register("ann", null, network)).toEqual({ kind: "approved" });
    expect(await registry.register("ben", null, network)).toMatchObject({ kind: "pending", place: 1, waiting: 1 });
    expect(await registry.register("cat", null, network)).toMatchObject({ kind: "pending", place: 2, waiting: 2 });
    expect(await registry.status("nobody")).toEqual({ kind: "not_registered" });
    await registry.release("ann");
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
    expect(await registry.status("cat")).toMatchObject({ kind: "pending", place: 1, waiting: 1 });
  });

  it("are neither lost nor given twice by registering again", async () => {
    const registry = await registryWith(0);
    const first = await registry.register("ann", null, network);
    await registry.register("ben", null, network);
    expect(await registry.register("ann", null, network)).toEqual({ ...first, waiting: 2 });
    await registry.setCapacity(5);
    expect(await registry.register("ann", null, network)).toEqual({ kind: "approved" });
    expect((await registry.overview()).taken).toBe(2);
  });

  it("22. are held by connecting, not by registering: an offer that is not used counts for half an hour", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null, network);
    await registry.register("ben", null, network);
    await clock.advance(29 * minute);
    expect(await registry.status("ben")).toMatchObject({ kind: "pending", place: 1, waiting: 1 });
    await clock.advance(minute);
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
    expect(await registry.status("ann")).toEqual({ kind: "pending", ...pendingAs(1, 1) });
    await clock.advance(30 * minute);
    for (const name of ["ann", "ben"]) expect(await registry.status(name)).toEqual({ kind: "approved" });
    expect(await registry.claimOwner("ann", "oura-ann")).toBe("claimed");
    expect(await registry.status("ben")).toMatchObject({ kind: "pending", place: 1, waiting: 1 });
    expect(await registry.claimOwner("ben", "oura-ben")).toBe("no_place");
  });

  it("22. cannot all be held by forty accounts of one stranger", async () => {
    const registry = await registryWith(10);
    for (let made = 0; made < 40; made += 1) await registry.register(`stranger-${made}`, null, network);
    await registry.register("ann", null, network);
    expect(await registry.status("ann")).toMatchObject({ kind: "pending" });
    for (let passed = 0; passed < 4; passed += 1) {
      await registry.status("somebody"); // whoever asks, the next offers are made
      await clock.advance(30 * minute);
    }
    expect(await registry.status("ann")).toEqual({ kind: "approved" });
    expect(await registry.claimOwner("ann", "oura-ann")).toBe("claimed");
    expect(await registry.overview()).toMatchObject({ connected: 1, lapsed: 40, waiting: 0, taken: 1 });
  });

  it("wait for somebody who is at Oura, twice twenty minutes", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null, network);
    await registry.register("ben", null, network);
    await clock.advance(29 * minute);
    for (const _time of [1, 2]) {
      await registry.reserve("ann");
      await clock.advance(20 * minute - 1);
      expect(await registry.status("ben")).toMatchObject({ kind: "pending" });
    }
    await registry.reserve("ann");
    await clock.advance(1);
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
    await registry.reserve("ben");
    expect(await registry.claimOwner("ann", "oura-ann")).toBe("no_place");
  });

  it("22. do not lapse once connected, and lapse after a disconnect", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null, network);
    expect(await registry.claimOwner("ann", "oura-ann")).toBe("claimed");
    await registry.register("ben", null, network);
    await clock.advance(30 * day);
    expect(await registry.status("ben")).toMatchObject({ kind: "pending" });
    await registry.releaseOwner("ann");
    expect(await registry.status("ann")).toEqual({ kind: "approved" });
    expect(await registry.status("ben")).toMatchObject({ kind: "pending" });
    await clock.advance(30 * minute);
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
  });

  it("are in one list each, even for two registrations of one account at once", async () => {
    const registry = await registryWith(1);
    const invitation = await registry.createInvitation();
    await Promise.all([
      registry.register("ann", null, network),
      registry.register("ann", invitation, network),
      registry.register("ann", "made-up", network),
      registry.claimOwner("ann", "oura-ann"),
    ]);
    await registry.claimOwner("ann", "oura-ann");
    await registry.register("ann", await registry.createInvitation(), network);
    expect(await registry.overview()).toMatchObject({ taken: 1, connected: 1, waiting: 0, lapsed: 0, codes: [] });
  });

  it("that version 0.1.0 gave without a connection become an offer in front of the queue", async () => {
    const registry = await registryWith(1);
    await runInDurableObject(registry, async (_object, state) => {
      state.storage.sql.exec("INSERT INTO places (account_id, since) VALUES ('old', 1)");
      state.storage.sql.exec("INSERT INTO waiting (account_id, code, admitted) VALUES ('ben', 'b', 1)");
      const upgraded = new Registry(state, env);
      expect(upgraded.status("old")).toEqual({ kind: "approved" });
      expect(upgraded.status("ben")).toMatchObject({ kind: "pending", place: 1 });
      expect(upgraded.overview()).toMatchObject({ connected: 0, taken: 1 });
      expect(await upgraded.claimOwner("old", "oura-old")).toBe("claimed");
      expect(new Registry(state, env).overview()).toMatchObject({ connected: 1, taken: 1 }); // a restart changes nothing
    });
  });
});

describe("the queue", () => {
  it("22. is bounded, and an offer that was left unused for a week makes room", async () => {
    const registry = await registryWith(1);
    await registry.register("first", null, network);
    await runInDurableObject(registry, (_object, { storage }) => {
      for (let made = 1; made < 500; made += 1) {
        storage.sql.exec("INSERT INTO waiting (account_id, code, admitted) VALUES (?, ?, 1)", `w${made}`, `c${made}`);
      }
    });
    expect(await registry.register("late", null, network)).toEqual({ kind: "refused", why: "queue_full" });
    expect(await registry.status("late")).toEqual({ kind: "not_registered" });
    expect(await registry.register("invited", await registry.createInvitation(), network)).toMatchObject({
      kind: "approved",
    });
    await clock.advance(7 * day + minute);
    expect(await registry.register("late", null, network)).toMatchObject({ kind: "pending" });
    expect(await registry.status("first")).toEqual({ kind: "not_registered" });
  });

  it("22. begins with those who are invited, even before an offer to somebody else", async () => {
    const registry = await registryWith(1);
    await registry.register("stranger", null, network);
    await registry.register("second", null, network);
    const invitation = await registry.createInvitation();
    expect(await registry.register("guest", invitation, network)).toEqual({ kind: "approved" });
    expect(await registry.status("stranger")).toMatchObject({ kind: "pending", place: 1, waiting: 2 });
    expect(await registry.claimOwner("stranger", "oura-s")).toBe("no_place");
    expect(await registry.claimOwner("guest", "oura-g")).toBe("claimed");
  });

  it("lets the operator remove an account by its code, whether it had an offer or not", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null, network);
    const ben = await registry.register("ben", null, network);
    const { codes } = await registry.overview();
    expect(codes).toHaveLength(2);
    expect(ben).toMatchObject({ kind: "pending", code: codes[1] });
    expect(await registry.evict(String(codes[0]).toUpperCase())).toBe(true);
    expect(await registry.status("ann")).toEqual({ kind: "not_registered" });
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
    expect(await registry.evict("nobody")).toBe(false);
  });
});

describe("an Oura account", () => {
  it("belongs to one account, and a takeover frees the old account's place", async () => {
    const registry = await registryWith(2);
    await registry.register("ann", null, network);
    await registry.register("ben", null, network);
    await registry.register("cat", null, network);
    expect(await registry.claimOwner("ann", "oura-1")).toBe("claimed");
    expect(await registry.claimOwner("ann", "oura-1")).toBe("claimed");
    expect(await registry.claimOwner("ben", "oura-1")).toBe("taken");
    expect(await registry.findHolder("ben", "oura-1")).toBe("ann");
    expect(await registry.takeOver("ben", "oura-1")).toBe("taken_over");
    expect(await registry.status("ann")).toEqual({ kind: "not_registered" });
    expect(await registry.status("cat")).toEqual({ kind: "approved" }); // one of the person's two places was freed
    expect(await registry.claimOwner("ben", "oura-1")).toBe("claimed");
  });

  it("gives its place to a new account of the same person in a full queue", async () => {
    const registry = await registryWith(1);
    await registry.register("lost", null, network);
    await registry.claimOwner("lost", "oura-1");
    await registry.register("first", null, network);
    await registry.register("again", null, network);
    expect(await registry.claimOwner("again", "oura-1")).toBe("taken");
    expect(await registry.takeOver("again", "oura-1")).toBe("taken_over");
    expect(await registry.status("again")).toEqual({ kind: "approved" });
    expect(await registry.status("lost")).toEqual({ kind: "not_registered" });
    expect(await registry.status("first")).toMatchObject({ kind: "pending", place: 1 });
    expect((await registry.overview()).taken).toBe(1);
  });

  it("is not taken over by an account without a place if no account holds it", async () => {
    const registry = await registryWith(0);
    await registry.register("ann", null, network);
    expect(await registry.takeOver("ann", "oura-1")).toBe("no_place");
    expect((await registry.overview()).taken).toBe(0);
  });

  it("cannot be claimed by an account without a place", async () => {
    const registry = await registryWith(0);
    await registry.register("ann", null, network);
    expect(await registry.claimOwner("ann", "oura-1")).toBe("no_place");
  });

  it("is kept as a keyed hash", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null, network);
    await registry.claimOwner("ann", "oura-user-id");
    const rows = await runInDurableObject(registry, (_object, state) =>
      state.storage.sql.exec("SELECT * FROM places").toArray(),
    );
    expect(JSON.stringify(rows)).not.toContain("oura-user-id");
    expect(rows[0]?.owner_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(rows[0]?.owner_hash).not.toBe(await hashSecret("oura-user-id")); // ids are short enough to try all of them
  });
});

describe("admission by the operator", () => {
  /** The same stored registry under another REGISTRATION setting. */
  function inMode<T>(mode: string, work: (registry: Registry) => T | Promise<T>): Promise<T> {
    const settings: object = { REGISTRATION: mode };
    return runInDurableObject(theRegistry(env), (_object, state) => work(new Registry(state, { ...env, ...settings })));
  }

  it("keeps each person waiting until the operator approves their code", async () => {
    await inMode("approve", async (registry) => {
      const first = await registry.register("ann", null, network);
      const second = await registry.register("ben", null, network);
      if (first.kind !== "pending" || second.kind !== "pending") throw new Error("a person got a place");
      expect(registry.approve(second.code.toUpperCase())).toBe(true);
      expect(registry.status("ben")).toEqual({ kind: "approved" });
      expect(registry.status("ann")).toMatchObject({ kind: "pending", place: 1 });
    });
  });

  it("accepts an invitation once, and queues its user when all places are taken", async () => {
    await inMode("invite", async (registry) => {
      expect(await registry.register("stranger", null, network)).toMatchObject({ kind: "pending" });
      const invitation = await registry.createInvitation();
      expect(await registry.register("ann", invitation, network)).toEqual({ kind: "approved" });
      expect(await registry.register("ben", invitation, network)).toMatchObject({ kind: "pending" });
      registry.setCapacity(1);
      expect(await registry.register("cat", await registry.createInvitation(), network)).toMatchObject({
        kind: "pending",
      });
      registry.release("ann");
      expect(registry.status("cat")).toEqual({ kind: "approved" });
      expect(registry.status("stranger")).toMatchObject({ kind: "pending" });
    });
  });

  it("accepts an invitation from only one of two people who use it simultaneously", async () => {
    await inMode("invite", async (registry) => {
      const invitation = await registry.createInvitation();
      const both = await Promise.all(["ann", "ben"].map((name) => registry.register(name, invitation, network)));
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(["approved", "pending"]);
      expect(registry.overview()).toMatchObject({ taken: 1, waiting: 1 });
    });
  });

  it("refuses an invitation that is forged, truncated, or older than thirty days", async () => {
    await inMode("invite", async (registry) => {
      const invitation = await registry.createInvitation();
      const wrong = [
        "",
        "made-up",
        "%",
        invitation.slice(0, -1),
        `${invitation}a`,
        invitation.toUpperCase(),
        "' OR 1 --",
      ];
      for (const [index, forged] of wrong.entries()) {
        expect(await registry.knowsInvitation(forged)).toBe(false);
        expect(await registry.register(`forger-${index}`, forged, network)).toMatchObject({ kind: "pending" });
      }
      await clock.advance(29 * day);
      expect(await registry.knowsInvitation(invitation)).toBe(true);
      await clock.advance(day);
      expect(await registry.register("late", invitation, network)).toMatchObject({ kind: "pending" });
      expect(await registry.knowsInvitation(invitation)).toBe(false);
      expect(registry.overview()).toMatchObject({ taken: 0 });
    });
  });

  it("does not know a code that was never issued", async () => {
    expect(await theRegistry(env).approve("nobody")).toBe(false);
  });
});

describe("a damaged value in storage", () => {
  /** What a registry answers in which a value was damaged, and the value afterwards. */
  function damaged<T>(
    damage: (storage: DurableObjectStorage) => void,
    ask: (registry: Registry) => Promise<T> | T,
    read: (storage: DurableObjectStorage) => unknown = () => null,
  ) {
    return runInDurableObject(theRegistry(env), async (registry: Registry, { storage }) => {
      damage(storage);
      const outcome = await Promise.try(() => ask(registry)).catch(() => "an error");
      return [outcome, read(storage)];
    });
  }

  it("is an error, not another key: with a new key, one Oura account could be connected twice", async () => {
    await registryWith(2);
    await theRegistry(env).register("ann", null, network);
    await theRegistry(env).claimOwner("ann", "oura-ann");
    for (const key of ["text", new Uint8Array(31), new Uint8Array(0)]) {
      const answer = await damaged(
        ({ kv }) => kv.put("owner-hash-key", key),
        (registry) => registry.claimOwner("ben", "oura-ann"),
        ({ kv }) => kv.get("owner-hash-key"),
      );
      expect(answer).toEqual(["an error", key]);
    }
  });

  it("is an error, not no limit", async () => {
    for (const capacity of ["many", -1, 0.5]) {
      const answer = await damaged(
        ({ kv }) => kv.put("capacity", capacity),
        (registry) => registry.register("ann", null, network),
      );
      expect(answer, String(capacity)).toEqual(["an error", null]);
    }
    const withoutDay = await damaged(
      ({ kv }) => kv.put("network-hash-key", { key: new Uint8Array(32) }),
      (registry) => registry.admit("accounts", network),
    );
    expect(withoutDay).toEqual(["an error", null]);
  });

  it("is an error, not another turn in the queue", async () => {
    await (await registryWith(0)).register("ann", null, network);
    const answer = await damaged(
      ({ sql }) => sql.exec("UPDATE waiting SET offered_at = 'yesterday'"),
      (registry) => registry.status("ann"),
    );
    expect(answer).toEqual(["an error", null]);
  });
});

it("counts problems for thirty days, and lists a hundred reference codes", async () => {
  const registry = await registryWith(0);
  await registry.countTroubles({ too_many_calls: 1 });
  await clock.advance(29 * day);
  expect((await registry.overview()).troubles_30_days.too_many_calls).toBe(1);
  await registry.countTroubles({ too_many_calls: 1 });
  await clock.advance(day);
  expect((await registry.overview()).troubles_30_days.too_many_calls).toBe(1);
  await runInDurableObject(registry, (_object, { storage }) => {
    const rows = () => storage.sql.exec("SELECT day FROM troubles").toArray().length;
    expect(rows()).toBe(2);
    addTroubles(storage.sql, { too_many_calls: 1 }, clock.now());
    expect(rows()).toBe(2); // the oldest is deleted
    for (let n = 0; n < 101; n += 1) {
      storage.sql.exec("INSERT INTO waiting (account_id, code, admitted) VALUES (?, ?, 0)", `w${n}`, `c${n}`);
    }
  });
  const { codes, waiting } = await registry.overview();
  expect([codes.length, waiting]).toEqual([100, 101]);
});

it("lets one account of each network ask for a place, also where the operator allows few a day", async () => {
  await runInDurableObject(await registryWith(1), (_object, { storage: { sql } }) => {
    const take = (network: string) => takeAllowance(sql, { kind: "places", network, ceiling: 4, at: clock.now() });
    expect([take("a"), take("a"), take("b"), take("b"), take("c"), take("d"), take("e")]).toEqual([
      true,
      false,
      true,
      false,
      true,
      true,
      false,
    ]);
  });
});

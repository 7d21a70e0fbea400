import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import { hashSecret } from "../../src/crypto/secrets.ts";
import { Registry, theRegistry } from "../../src/registry/registry.ts";
import { clock } from "../support/clock.ts";
import { emptyStorage } from "../support/empty-storage.ts";

afterEach(async () => {
  await emptyStorage();
});

const day = 86_400_000;

async function registryWith(capacity: number) {
  const registry = theRegistry(env);
  await registry.setCapacity(capacity);
  return registry;
}

describe("places", () => {
  it("are given at once while any are free, then in order of registration", async () => {
    const registry = await registryWith(1);
    expect(await registry.register("ann", null)).toEqual({ kind: "approved" });
    expect(await registry.register("ben", null)).toMatchObject({ kind: "pending", place: 1, waiting: 1 });
    expect(await registry.register("cat", null)).toMatchObject({ kind: "pending", place: 2, waiting: 2 });
    expect(await registry.status("nobody")).toEqual({ kind: "not_registered" });
    await registry.release("ann");
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
    expect(await registry.status("cat")).toMatchObject({ kind: "pending", place: 1, waiting: 1 });
  });

  it("are neither lost nor given twice by registering again", async () => {
    const registry = await registryWith(0);
    const first = await registry.register("ann", null);
    await registry.register("ben", null);
    expect(await registry.register("ann", null)).toEqual({ ...first, waiting: 2 });
    await registry.setCapacity(5);
    expect(await registry.register("ann", null)).toEqual({ kind: "approved" });
    expect((await registry.overview()).taken).toBe(2);
  });

  it("expire 14 days after their owner first saw Connect, and only while the queue is not empty", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null);
    await registry.register("ben", null);
    await clock.advance(13 * day);
    expect(await registry.status("ben")).toMatchObject({ kind: "pending", place: 1 });
    await clock.advance(2 * day);
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
    expect(await registry.status("ann")).toMatchObject({ kind: "pending", place: 1 });
  });

  it("do not expire once connected", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null);
    await registry.noteConnectSeen("ann");
    expect(await registry.claimOwner("ann", "oura-ann")).toBe("claimed");
    await registry.register("ben", null);
    await clock.advance(30 * day);
    expect(await registry.status("ben")).toMatchObject({ kind: "pending" });
    await registry.releaseOwner("ann");
    expect(await registry.status("ann")).toEqual({ kind: "approved" });
    await clock.advance(15 * day);
    expect(await registry.status("ben")).toEqual({ kind: "approved" });
  });
});

describe("an Oura account", () => {
  it("belongs to one account, and a takeover frees the old account's place", async () => {
    const registry = await registryWith(2);
    await registry.register("ann", null);
    await registry.register("ben", null);
    await registry.register("cat", null);
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
    await registry.register("lost", null);
    await registry.claimOwner("lost", "oura-1");
    await registry.register("first", null);
    await registry.register("again", null);
    expect(await registry.claimOwner("again", "oura-1")).toBe("taken");
    expect(await registry.takeOver("again", "oura-1")).toBe("taken_over");
    expect(await registry.status("again")).toEqual({ kind: "approved" });
    expect(await registry.status("lost")).toEqual({ kind: "not_registered" });
    expect(await registry.status("first")).toMatchObject({ kind: "pending", place: 1 });
    expect((await registry.overview()).taken).toBe(1);
  });

  it("is not taken over by an account without a place if no account holds it", async () => {
    const registry = await registryWith(0);
    await registry.register("ann", null);
    expect(await registry.takeOver("ann", "oura-1")).toBe("no_place");
    expect((await registry.overview()).taken).toBe(0);
  });

  it("cannot be claimed by an account without a place", async () => {
    const registry = await registryWith(0);
    await registry.register("ann", null);
    expect(await registry.claimOwner("ann", "oura-1")).toBe("no_place");
  });

  it("is kept as a keyed hash", async () => {
    const registry = await registryWith(1);
    await registry.register("ann", null);
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
      const first = await registry.register("ann", null);
      const second = await registry.register("ben", null);
      if (first.kind !== "pending" || second.kind !== "pending") throw new Error("a person got a place");
      expect(registry.approve(second.code.toUpperCase())).toBe(true);
      expect(registry.status("ben")).toEqual({ kind: "approved" });
      expect(registry.status("ann")).toMatchObject({ kind: "pending", place: 1 });
    });
  });

  it("accepts an invitation once, and queues its user when all places are taken", async () => {
    await inMode("invite", async (registry) => {
      expect(await registry.register("stranger", null)).toMatchObject({ kind: "pending" });
      const invitation = await registry.createInvitation();
      expect(await registry.register("ann", invitation)).toEqual({ kind: "approved" });
      expect(await registry.register("ben", invitation)).toMatchObject({ kind: "pending" });
      registry.setCapacity(1);
      expect(await registry.register("cat", await registry.createInvitation())).toMatchObject({ kind: "pending" });
      registry.release("ann");
      expect(registry.status("cat")).toEqual({ kind: "approved" });
      expect(registry.status("stranger")).toMatchObject({ kind: "pending" });
    });
  });

  it("accepts an invitation from only one of two people who use it simultaneously", async () => {
    await inMode("invite", async (registry) => {
      const invitation = await registry.createInvitation();
      const both = await Promise.all(["ann", "ben"].map((name) => registry.register(name, invitation)));
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
        expect(await registry.register(`forger-${index}`, forged)).toMatchObject({ kind: "pending" });
      }
      await clock.advance(29 * day);
      expect(await registry.knowsInvitation(invitation)).toBe(true);
      await clock.advance(day);
      expect(await registry.register("late", invitation)).toMatchObject({ kind: "pending" });
      expect(await registry.knowsInvitation(invitation)).toBe(false);
      expect(registry.overview()).toMatchObject({ taken: 0 });
    });
  });

  it("does not know a code that was never issued", async () => {
    expect(await theRegistry(env).approve("nobody")).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { type AccountRecord, createAccountStore } from "../../src/account/account.ts";
import { parseAccountKey } from "../../src/account/account-key.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

const hour = 3_600_000;

function passkey(id: string): AccountRecord["passkeys"][number] {
  return { id, publicKey: "", counter: 0, transports: [], name: id, createdAt: 0, lastUsedAt: null };
}

function openAccount() {
  const clock = { now: 1_000_000 };
  return { clock, account: createAccountStore(createMemoryStorage().storage, "a".repeat(26), () => clock.now) };
}

describe("an account's ways in", () => {
  it("can be removed but for the last, which may be a passkey or the account key", async () => {
    const { account } = openAccount();
    account.create(passkey("one"));
    account.addPasskey(passkey("two"));
    account.removePasskey("one");
    expect(() => account.removePasskey("two")).toThrow("last_way_in");
    expect(account.load().passkeys.map(({ id }) => id)).toEqual(["two"]);
    await account.replaceKey();
    account.removePasskey("two");
    expect(account.load().passkeys).toEqual([]);
  });

  it("do not have the same passkey twice, and a use changes one passkey alone", () => {
    const { account, clock } = openAccount();
    account.create(passkey("one"));
    account.addPasskey(passkey("two"));
    expect(() => account.addPasskey(passkey("one"))).toThrow("ceremony_failed");
    account.touchPasskey("two", 7);
    account.namePasskey("one", "Phone");
    expect(account.load().passkeys).toMatchObject([
      { id: "one", name: "Phone", counter: 0, lastUsedAt: null },
      { id: "two", name: "two", counter: 7, lastUsedAt: clock.now },
    ]);
  });

  it("accept a new key and no longer the old one", async () => {
    const { account } = openAccount();
    account.create(null);
    await expect(account.checkKey("")).rejects.toThrow("account_key_wrong");
    const secretOf = (key: string) => parseAccountKey(key)?.secret ?? "";
    const first = secretOf(await account.replaceKey());
    await account.checkKey(first);
    const second = secretOf(await account.replaceKey());
    await account.checkKey(second);
    await expect(account.checkKey(first)).rejects.toThrow("account_key_wrong");
  });
});

describe("an account without a way in", () => {
  it("is the same account when the form is sent again within a minute, and not later", () => {
    const { account, clock } = openAccount();
    account.createWithoutPasskey();
    clock.now += 59_999;
    account.createWithoutPasskey();
    clock.now += 1;
    expect(() => account.createWithoutPasskey()).toThrow("ceremony_failed");
  });

  it("is not taken by that form once it has a passkey", () => {
    const { account } = openAccount();
    account.create(passkey("one"));
    expect(() => account.createWithoutPasskey()).toThrow("ceremony_failed");
  });
});

it("accepts a challenge once, and forgets it when it has expired", async () => {
  const { account, clock } = openAccount();
  account.create(null);
  const expiresAt = clock.now + 300_000;
  expect(await account.useChallenge("one", expiresAt)).toBe(true);
  expect(await account.useChallenge("two", expiresAt + 1)).toBe(true);
  clock.now = expiresAt - 1;
  expect(await account.useChallenge("one", expiresAt)).toBe(false);
  clock.now = expiresAt;
  expect(await account.useChallenge("three", expiresAt + 300_000)).toBe(true);
  expect(account.load().usedChallenges).toHaveLength(2);
});

it("notes a visit once an hour", () => {
  const { account, clock } = openAccount();
  account.create(null);
  const begun = clock.now;
  clock.now += hour - 1;
  account.noteSeen();
  expect(account.load().lastSeenAt).toBe(begun);
  clock.now += 1;
  account.noteSeen();
  expect(account.load().lastSeenAt).toBe(begun + hour);
});

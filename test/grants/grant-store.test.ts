import { describe, expect, it } from "vitest";
import { createGrantStore, type StoreEntry } from "../../src/grants/grant-store.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

function openStore() {
  let time = 1_000_000;
  const { values, storage } = createMemoryStorage();
  const store = createGrantStore(storage, () => time, { find: () => null, isAllowed: () => true });
  const entry = (key: string, value: string, expiresAt: number): StoreEntry => ({
    key,
    value,
    expiresAt,
    replay: null,
  });
  return {
    values,
    store,
    wait(milliseconds: number) {
      time += milliseconds;
    },
    openPage: (name: string) => store.write(entry(`transaction:${name}`, name, time + 600_000), null),
    grant(id: string) {
      const record = { metadata: { assistantId: "a" }, authCodeId: "code", authCodeWrappedKey: "key" };
      return store.write(entry(`grant:${id}`, JSON.stringify(record), 1e12), null);
    },
    issue: (grant: string, name: string) => store.write(entry(`token:${grant}:${name}`, name, time + 86_400_000), null),
  };
}

const named = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

describe("the store of one account", () => {
  it("keeps twenty unfinished pages; the twenty-first ends the oldest alone", () => {
    const { store, openPage, wait } = openStore();
    for (const name of named(20)) {
      expect(openPage(name)).toBe(true);
      wait(1);
    }
    expect(named(20).filter((name) => store.read(`transaction:${name}`, null) === null)).toEqual([]);
    openPage("n20");
    expect(named(21).filter((name) => store.read(`transaction:${name}`, null) === null)).toEqual(["n0"]);
  });

  it("counts an expired page no longer, and deletes it at the next", () => {
    const { values, openPage, wait } = openStore();
    for (const name of named(20)) openPage(name);
    wait(600_000);
    openPage("n20");
    expect([...values.keys()]).toEqual(["transaction:n20"]);
  });

  it("keeps twenty access tokens of one grant, and ends none of another grant", () => {
    const { store, grant, issue, wait } = openStore();
    grant("one");
    grant("two");
    issue("two", "n0");
    for (const name of named(20)) {
      wait(1);
      expect(issue("one", name)).toBe(true);
    }
    expect(named(20).filter((name) => store.read(`token:one:${name}`, null) === null)).toEqual([]);
    wait(1);
    issue("one", "n20");
    expect(named(21).filter((name) => store.read(`token:one:${name}`, null) === null)).toEqual(["n0"]);
    expect(store.read("token:two:n0", null)).toBe("n0");
  });

  it("knows an entry until the instant at which it expires", () => {
    const { store, openPage, wait } = openStore();
    openPage("n0");
    wait(599_999);
    expect(store.read("transaction:n0", null)).toBe("n0");
    wait(1);
    expect(store.read("transaction:n0", null)).toBeNull();
  });

  it("issues no token of a grant that has ended", () => {
    const { store, grant, issue, values } = openStore();
    grant("one");
    issue("one", "n0");
    store.remove("grant:one");
    expect(issue("one", "n1")).toBe(false);
    expect(values.size).toBe(0);
  });
});

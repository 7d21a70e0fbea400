import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeRefresh, type LedgerEntry, recordRefresh } from "../../src/grants/refresh-ledger.ts";

const first: LedgerEntry = { hash: "0", wrappedKey: "key 0", parent: null, firstUsedAt: null };

function use(ledger: readonly LedgerEntry[], hash: string, issued: string, now: number): LedgerEntry[] {
  return recordRefresh(ledger, hash, { hash: issued, wrappedKey: `key ${issued}` }, now);
}

describe("a refresh token of a grant's ledger", () => {
  it("is usable once, and again within two minutes while no successor was used", () => {
    const once = use([first], "0", "1", 1_000);
    expect(judgeRefresh(once, "0", 1_000 + 120_000)).toEqual({ kind: "usable", wrappedKey: "key 0" });
    expect(judgeRefresh(once, "0", 1_001 + 120_000)).toEqual({ kind: "reused" });
    const twice = use(once, "0", "2", 2_000);
    expect(judgeRefresh(twice, "1", 1e12)).toEqual({ kind: "usable", wrappedKey: "key 1" });
    expect(judgeRefresh(twice, "2", 1e12)).toEqual({ kind: "usable", wrappedKey: "key 2" });
    expect(judgeRefresh(use(twice, "2", "3", 3_000), "0", 3_000)).toEqual({ kind: "reused" });
  });

  it("that is not in the ledger is unknown, and that was dropped from it is too", () => {
    expect(judgeRefresh([first], "x", 0)).toEqual({ kind: "unknown" });
    let ledger: LedgerEntry[] = [first];
    for (let n = 1; n <= 300; n += 1) ledger = use(ledger, `${n - 1}`, `${n}`, n * 86_400_000);
    expect(ledger.length).toBeLessThanOrEqual(101);
    expect(judgeRefresh(ledger, "0", 301 * 86_400_000)).toEqual({ kind: "unknown" });
    expect(judgeRefresh(ledger, "299", 301 * 86_400_000)).toEqual({ kind: "reused" });
    expect(judgeRefresh(ledger, "300", 301 * 86_400_000)).toMatchObject({ kind: "usable" });
  });

  it("leaves at most twenty unused successors", () => {
    let ledger: LedgerEntry[] = [first];
    for (let n = 1; n <= 50; n += 1) ledger = use(ledger, "0", `${n}`, 1_000 + n);
    expect(ledger.filter(({ firstUsedAt }) => firstUsedAt === null)).toHaveLength(20);
    expect(judgeRefresh(ledger, "50", 2_000)).toMatchObject({ kind: "usable" });
  });

  it("keeps no wrapped key of a token that cannot be used again", () => {
    let ledger: LedgerEntry[] = [first];
    for (let n = 1; n <= 10; n += 1) ledger = use(ledger, `${n - 1}`, `${n}`, n * 86_400_000);
    expect(ledger.filter(({ wrappedKey }) => wrappedKey !== null).map(({ hash }) => hash)).toEqual(["9", "10"]);
  });
});

it("after any uses, the newest token of every window that goes on is usable, and no token is usable twice over", () => {
  const step = fc.record({ window: fc.nat({ max: 1 }), pause: fc.integer({ min: 120_000 + 1, max: 1e8 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let now = 1_000;
      let made = 2;
      // Both windows refresh with the same first token, within two minutes.
      let ledger = use(use([first], "0", "1", now), "0", "2", now + 1_000);
      const held = ["1", "2"];
      for (const { window, pause } of steps) {
        now += pause;
        const token = held[window] ?? "";
        expect(judgeRefresh(ledger, token, now).kind).toBe("usable");
        made += 1;
        ledger = use(ledger, token, `${made}`, now);
        held[window] = `${made}`;
        expect(judgeRefresh(ledger, token, now + 120_000 + 1).kind).toBe("reused");
      }
      for (const token of held) expect(judgeRefresh(ledger, token, now + 1e8).kind).toBe("usable");
    }),
  );
});

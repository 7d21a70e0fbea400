import { describe, expect, it } from "vitest";
import { addDays, isoDay } from "../../src/analytics/day.ts";
import { AppError } from "../../src/errors.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";

const day = isoDay(20_000);
const week = { start: day, end: addDays(day, 6) };
const inside = { start: addDays(day, 2), end: addDays(day, 3) };

describe("cached answers", () => {
  it("serve equal requests until they expire", async () => {
    let now = 0;
    let loads = 0;
    const cache = createAnswerCache(() => now, 60_000);
    const ask = () => cache.get("rings", async () => ++loads);
    expect([await ask(), await ask()]).toEqual([1, 1]);
    now = 60_000;
    expect(await ask()).toBe(2);
  });

  it("are shared by equal requests in flight even with caching off", async () => {
    let loads = 0;
    const cache = createAnswerCache(() => 0, 0);
    const ask = () => cache.get("rings", async () => ++loads);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(2);
  });

  it("serve a range inside a cached one, but not a range that exceeds it", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    await cache.getWindow("sleep", week, async () => "week");
    expect(await cache.getWindow("sleep", inside, async () => "inside")).toBe("week");
    expect(await cache.getWindow("activity", inside, async () => "other route")).toBe("other route");
    const beyond = { start: day, end: addDays(day, 7) };
    expect(await cache.getWindow("sleep", beyond, async () => "beyond")).toBe("beyond");
  });

  it("are shared in flight only by an identical request: a larger one depends on another call's time limit", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    let finish: (answer: string) => void = () => {};
    const large = cache.getWindow("sleep", week, () => new Promise<string>((resolve) => (finish = resolve)));
    expect(await cache.getWindow("sleep", inside, async () => "own")).toBe("own");
    finish("week");
    expect(await large).toBe("week");
  });

  it("are requested again, once for all waiting calls, when the shared request fails", async () => {
    const cache = createAnswerCache(() => 0, 0);
    const fails: ((error: Error) => void)[] = [];
    const ask = () => cache.get("rings", () => new Promise<string>((_resolve, reject) => fails.push(reject)));
    const down = new AppError({ kind: "oura_unavailable", status: 503 });
    const calls = Array.from({ length: 5 }, () => ask().catch((error: unknown) => error));
    expect(fails).toHaveLength(1);
    fails[0]?.(down);
    await expect.poll(() => fails.length).toBe(2);
    fails[1]?.(down);
    expect(await Promise.all(calls)).toEqual([down, down, down, down, down]);
    expect(fails).toHaveLength(2);
  });

  it("do not pass on another call's time or request limit as a failure", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    for (const kind of ["oura_timeout", "call_budget_spent"] as const) {
      let fail: (error: Error) => void = () => {};
      const first = cache.get(kind, () => new Promise<string>((_resolve, reject) => (fail = reject)));
      const second = cache.get(kind, async () => "mine");
      fail(new AppError({ kind }));
      await expect(first).rejects.toThrow(kind);
      expect(await second).toBe("mine");
    }
  });

  it("are removed from memory when pruned after expiry, and report the time until then", async () => {
    let now = 0;
    const cache = createAnswerCache(() => now, 60_000);
    expect(cache.heldFor()).toBe(null);
    await cache.get("rings", async () => "held");
    now = 59_000;
    cache.prune();
    expect(cache.heldFor()).toBe(1_000);
    now = 60_000;
    cache.prune();
    expect(cache.heldFor()).toBe(null);
  });

  it("do not include failures", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    await expect(cache.get("rings", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await cache.get("rings", async () => "up")).toBe("up");
  });

  it("are cleared on request, as after a disconnect", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    await cache.get("rings", async () => "old");
    cache.clear();
    expect(await cache.get("rings", async () => "new")).toBe("new");
  });
});

describe("a result computed from cached answers", () => {
  function open(holdMilliseconds = 60_000) {
    const clock = { now: 0 };
    const cache = createAnswerCache(() => clock.now, holdMilliseconds);
    let makings = 0;
    const make = () =>
      cache.getDerived("answer", async () => {
        await cache.get("rings", async () => "ring");
        return ++makings;
      });
    return { clock, cache, make };
  }

  it("is computed once while they are cached, and expires with the oldest of them", async () => {
    const { clock, cache, make } = open();
    await cache.get("sleep", async () => "sleep");
    clock.now = 20_000;
    expect([await make(), await make()]).toEqual([1, 1]);
    clock.now = 60_000;
    expect(await make()).toBe(2);
  });

  it("expires with an answer that was cached when the computation began, even if that expires during it", async () => {
    const { clock, cache } = open();
    await cache.get("sleep", async () => "sleep");
    clock.now = 59_000;
    const slow = async () => {
      await cache.get("sleep", async () => "sleep");
      clock.now = 61_000;
      await cache.get("rings", async () => "ring");
      return clock.now;
    };
    expect(await cache.getDerived("answer", slow)).toBe(61_000);
    clock.now = 70_000;
    expect(await cache.getDerived("answer", async () => clock.now)).toBe(70_000);
  });

  it("is computed each time if nothing is cached", async () => {
    const { make } = open(0);
    expect([await make(), await make()]).toEqual([1, 2]);
    const { cache } = open();
    const alone = () => cache.getDerived("permissions", async () => Math.random());
    expect(await alone()).not.toBe(await alone());
  });

  it("is dropped by a clear, even during its computation", async () => {
    const { cache, make } = open();
    await make();
    cache.clear();
    expect(await make()).toBe(2);
    cache.clear();
    let finish: () => void = () => {};
    const slow = cache.getDerived("answer", async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return 0;
    });
    cache.clear();
    finish();
    expect(await slow).toBe(0);
    expect(await make()).toBe(3);
  });

  it("is dropped by a clear during its computation even if new answers were cached since", async () => {
    const { cache } = open();
    await cache.get("rings", async () => "old ring");
    let finish: () => void = () => {};
    const slow = cache.getDerived("answer", async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return "of the old ring";
    });
    cache.clear();
    await cache.get("rings", async () => "new ring");
    finish();
    expect(await slow).toBe("of the old ring");
    expect(await cache.getDerived("answer", async () => "of the new ring")).toBe("of the new ring");
  });

  it("is cached for the last eight questions only", async () => {
    const { cache } = open();
    await cache.get("rings", async () => "ring");
    const ask = (key: number) => cache.getDerived(`${key}`, async () => Math.random());
    const [first, second] = [await ask(1), await ask(2)];
    for (let key = 3; key <= 9; key += 1) await ask(key);
    expect(await ask(2)).toBe(second);
    expect(await ask(1)).not.toBe(first);
  });

  it("is not cached if its computation fails", async () => {
    const { cache, make } = open();
    const fail = cache.getDerived("answer", () => Promise.reject(new Error("no")));
    await expect(fail).rejects.toThrow("no");
    expect(await make()).toBe(1);
  });
});

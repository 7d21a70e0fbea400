import { describe, expect, it } from "vitest";
import { addDays, isoDay } from "../../src/analytics/day.ts";
import { AppError } from "../../src/errors.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";

const day = isoDay(20_000);
const week = { start: day, end: addDays(day, 6) };
const inside = { start: addDays(day, 2), end: addDays(day, 3) };

describe("held answers", () => {
  it("serve equal questions for their time and no longer", async () => {
    let now = 0;
    let loads = 0;
    const cache = createAnswerCache(() => now, 60_000);
    const ask = () => cache.get("rings", async () => ++loads);
    expect([await ask(), await ask()]).toEqual([1, 1]);
    now = 60_000;
    expect(await ask()).toBe(2);
  });

  it("join equal questions in flight even when nothing is held", async () => {
    let loads = 0;
    const cache = createAnswerCache(() => 0, 0);
    const ask = () => cache.get("rings", async () => ++loads);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(2);
  });

  it("serve a range that lies inside a held one, and not one that reaches beyond", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    await cache.getWindow("sleep", week, async () => "week");
    expect(await cache.getWindow("sleep", inside, async () => "inside")).toBe("week");
    expect(await cache.getWindow("activity", inside, async () => "other route")).toBe("other route");
    const beyond = { start: day, end: addDays(day, 7) };
    expect(await cache.getWindow("sleep", beyond, async () => "beyond")).toBe("beyond");
  });

  it("are joined in flight only by the very same question: a larger one runs under another call's time", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    let finish: (answer: string) => void = () => {};
    const large = cache.getWindow("sleep", week, () => new Promise<string>((resolve) => (finish = resolve)));
    expect(await cache.getWindow("sleep", inside, async () => "own")).toBe("own");
    finish("week");
    expect(await large).toBe("week");
  });

  it("are asked for once more, by one for all, when the request that was joined fails", async () => {
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

  it("do not hand on that another call ran out of its own time or requests", async () => {
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

  it("leave memory once pruned after their time, and say how long that is", async () => {
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

  it("forget a failure at once", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    await expect(cache.get("rings", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await cache.get("rings", async () => "up")).toBe("up");
  });

  it("are dropped on request, as after a disconnect", async () => {
    const cache = createAnswerCache(() => 0, 60_000);
    await cache.get("rings", async () => "old");
    cache.clear();
    expect(await cache.get("rings", async () => "new")).toBe("new");
  });
});

describe("what is made of held answers", () => {
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

  it("is made once while they are held, and goes with the oldest of them", async () => {
    const { clock, cache, make } = open();
    await cache.get("sleep", async () => "sleep");
    clock.now = 20_000;
    expect([await make(), await make()]).toEqual([1, 1]);
    clock.now = 60_000;
    expect(await make()).toBe(2);
  });

  it("goes with one that was held when the making began, also where that is gone before it ends", async () => {
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

  it("is made anew each time where nothing is held", async () => {
    const { make } = open(0);
    expect([await make(), await make()]).toEqual([1, 2]);
    const { cache } = open();
    const alone = () => cache.getDerived("permissions", async () => Math.random());
    expect(await alone()).not.toBe(await alone());
  });

  it("does not outlive a clearing, not even one that came while it was made", async () => {
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

  it("does not outlive a clearing after which other answers came before it was made", async () => {
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

  it("is kept for the last eight questions only", async () => {
    const { cache } = open();
    await cache.get("rings", async () => "ring");
    const ask = (key: number) => cache.getDerived(`${key}`, async () => Math.random());
    const [first, second] = [await ask(1), await ask(2)];
    for (let key = 3; key <= 9; key += 1) await ask(key);
    expect(await ask(2)).toBe(second);
    expect(await ask(1)).not.toBe(first);
  });

  it("is not kept when it could not be made", async () => {
    const { cache, make } = open();
    const fail = cache.getDerived("answer", () => Promise.reject(new Error("no")));
    await expect(fail).rejects.toThrow("no");
    expect(await make()).toBe(1);
  });
});

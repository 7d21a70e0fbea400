import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { createActivityLog, keptMilliseconds } from "../../src/grants/activity.ts";

/** Runs `work` with a Durable Object's storage and a clock that the test moves. */
function withLog(
  work: (log: ReturnType<typeof createActivityLog>, clock: { now: number }, stored: () => unknown) => void,
) {
  const agent = env.RING_AGENT.getByName(`activity-${crypto.randomUUID()}`);
  return runInDurableObject(agent, (_object, { storage }) => {
    const clock = { now: 1_000_000 };
    work(
      createActivityLog(storage.kv, () => clock.now),
      clock,
      () => storage.kv.get("activity"),
    );
  });
}

it("keeps the last hundred calls, newest first, whether written or still in memory", () =>
  withLog((log, clock) => {
    for (let call = 1; call <= 102; call += 1) {
      clock.now += 1_000;
      log.note({ at: clock.now, assistantId: "a", tool: `oura_${call}`, outcome: "ok" });
      if (call === 60) log.flush();
    }
    const tools = log.list().map(({ tool }) => tool);
    expect(tools).toHaveLength(100);
    expect([tools[0], tools.at(-1)]).toEqual(["oura_102", "oura_3"]);
  }));

it("drops a call after 30 days and deletes it from storage", () =>
  withLog((log, clock, stored) => {
    log.note({ at: clock.now, assistantId: "a", tool: "oura_old", outcome: "ok" });
    log.flush();
    clock.now += keptMilliseconds - 1;
    log.note({ at: clock.now, assistantId: "a", tool: "oura_new", outcome: "ok" });
    log.flush();
    clock.now += 1;
    log.prune();
    expect(stored()).toEqual([expect.objectContaining({ tool: "oura_new" })]);
    clock.now += keptMilliseconds;
    log.prune();
    expect(stored()).toBeUndefined();
  }));

import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { clock } from "../support/clock.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

const second = 1_000;

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

/** An agent that shows what it holds in memory, and when it is woken next. */
class WatchedAgent extends RingAgent {
  heldSeconds(): number | null {
    const held = this.parts.cache.heldFor();
    return held === null ? null : held / second;
  }

  /** As if a newer record came from another time zone. */
  travelTo(offsetMinutes: number): void {
    this.parts.state.rememberOffset(offsetMinutes, clock.now());
  }

  async secondsToAlarm(): Promise<number> {
    return ((await this.ctx.storage.getAlarm()) ?? Number.POSITIVE_INFINITY) / second - clock.now() / second;
  }
}

/** Runs `work` with the agent of a connected account, and a way to call a tool on it. */
async function withAgent<T>(
  work: (agent: WatchedAgent, call: (tool: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const { accountId, tokens } = await connectAssistant();
  return runInDurableObject(env.RING_AGENT.getByName(accountId), async (_object, state) => {
    const agent = new WatchedAgent(state, env);
    const bindings = { RING_AGENT: namespaceOf(() => agent) };
    return work(agent, async (name) => {
      const message = { method: "tools/call", params: { name, arguments: {} } };
      return (await fetchWith(bindings, mcpRequest(tokens.access_token, message))).text();
    });
  });
}

describe("Ōura's answers in memory", () => {
  it("are dropped a minute after they came, by the alarm, without another call", () =>
    withAgent(async (agent, call) => {
      await call("oura_get_device");
      agent.flush();
      await expect.poll(() => agent.secondsToAlarm(), { interval: 5 }).toBeLessThanOrEqual(60);
      expect(agent.heldSeconds()).toBe(60);
      await clock.advance(59 * second);
      await agent.alarm();
      expect(agent.heldSeconds()).toBe(1);
      await clock.advance(second);
      await agent.alarm();
      expect(agent.heldSeconds()).toBeNull();
    }));

  it("are dropped by an alarm that is set again for the newest of them", () =>
    withAgent(async (agent, call) => {
      await call("oura_get_device");
      await clock.advance(40 * second);
      await call("oura_get_sleep_sessions");
      await clock.advance(20 * second);
      await agent.alarm();
      expect(agent.heldSeconds()).toBe(40);
      expect(await agent.secondsToAlarm()).toBeLessThanOrEqual(40);
    }));
});

describe("a tool's answer in memory", () => {
  /** The last day that an answer covers. */
  const endOf = (answer: string) => /end_date\W+([\d-]+)/.exec(answer)?.[1] ?? answer;

  it("is not given after the wearer's midnight", async () => {
    await resetSimulator("2026-11-20T22:59:40Z"); // 23:59:40 in Berlin
    await withAgent(async (agent, call) => {
      agent.travelTo(60);
      expect(endOf(await call("oura_get_trends"))).toBe("2026-11-20");
      await clock.advance(15 * second);
      expect(endOf(await call("oura_get_trends"))).toBe("2026-11-20");
      await clock.advance(15 * second);
      expect(endOf(await call("oura_get_trends"))).toBe("2026-11-21");
    });
  });

  it("is not given once the wearer's time zone is another", async () => {
    await resetSimulator("2026-11-20T20:00:00Z"); // 21:00 in Berlin, 05:00 of the next day in Tokyo
    await withAgent(async (agent, call) => {
      agent.travelTo(60);
      expect(endOf(await call("oura_get_trends"))).toBe("2026-11-20");
      await clock.advance(second);
      agent.travelTo(9 * 60);
      expect(endOf(await call("oura_get_trends"))).toBe("2026-11-21");
    });
  });
});

/** The timers of the isolate from now on. One that runs keeps its object from being idle. */
function watchTimers(): { running(): number } {
  const { setTimeout, clearTimeout } = globalThis;
  const running = new Set<unknown>();
  vi.spyOn(globalThis, "setTimeout").mockImplementation((work: () => void, milliseconds?: number) => {
    const timer = setTimeout(() => {
      running.delete(timer);
      work();
    }, milliseconds);
    running.add(timer);
    return timer;
  });
  vi.spyOn(globalThis, "clearTimeout").mockImplementation((timer) => {
    running.delete(timer);
    clearTimeout(timer);
  });
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  return { running: () => running.size };
}

describe("an agent whose calls are over", () => {
  const agentOf = ({ accountId }: Assistant) => env.RING_AGENT.getByName(accountId);
  const activityOf = (assistant: Assistant) =>
    runInDurableObject(agentOf(assistant), (_object, { storage }) => storage.kv.get<object[]>("activity"));

  it("is idle once their activity is written, although it holds answers", async () => {
    const assistant = await connectAssistant();
    const timers = watchTimers();
    await assistant.call("oura_get_device");
    expect(timers.running()).toBeGreaterThan(0); // unwritten activity keeps it awake
    const written = [expect.objectContaining({ tool: "oura_get_device" })];
    await expect.poll(() => activityOf(assistant), { timeout: 10 * second }).toEqual(written);
    expect(timers.running()).toBe(0);
  });

  it("has written the times of an assistant's use once an hour, and each call in the activity", async () => {
    const assistant = await connectAssistant();
    const flush = () => runInDurableObject(agentOf(assistant), (object) => object.flush());
    const lastUse = () =>
      runInDurableObject(agentOf(assistant), (_object, { storage }) =>
        Array.from(
          storage.kv.list<{ lastUsedAt: number }>({ prefix: "assistant:" }),
          ([, { lastUsedAt }]) => lastUsedAt,
        ),
      );
    const first = clock.now();
    for (const later of [0, 59 * 60 * second, 60 * second]) {
      await clock.advance(later);
      await assistant.call("oura_get_permissions");
      await flush();
      expect(await lastUse()).toEqual([clock.now() - first < 3_600 * second ? first : clock.now()]);
    }
    expect(await activityOf(assistant)).toHaveLength(3);
  });
});

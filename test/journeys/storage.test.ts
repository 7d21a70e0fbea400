import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { textKept } from "../support/kept.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

async function afterAWholeConversation(): Promise<Assistant> {
  const assistant = await connectAssistant();
  await assistant.call("oura_get_daily_summary", { start_date: clock.daysAgo(80), end_date: clock.daysAgo(19) });
  await assistant.call("oura_get_device", { include_profile: true });
  await flushActivity(assistant.accountId);
  return assistant;
}

/** Writes activity, as the agent does two seconds after a call. */
async function flushActivity(accountId: string): Promise<void> {
  await runInDurableObject(env.RING_AGENT.getByName(accountId), (object) => object.flush());
}

describe("storage", () => {
  it("contains no token of Oura or of the assistant in plain text", async () => {
    const assistant = await afterAWholeConversation();
    const issued = await control<{ tokens: string[] }>("GET", "/tokens");
    expect(issued.tokens.length).toBeGreaterThan(1);
    const kept = await textKept();
    for (const token of [...issued.tokens, assistant.tokens.access_token, assistant.tokens.refresh_token ?? "?"]) {
      expect(kept).not.toContain(token);
    }
  });

  it("contains only a fixed list of keys, and no health value", async () => {
    const assistant = await afterAWholeConversation();
    const agent = env.RING_AGENT.getByName(assistant.accountId);
    const kept = await runInDurableObject(agent, (_object, { storage }) => new Map(storage.kv.list()));
    const kinds = new Set(Array.from(kept.keys(), (key) => key.split(":")[0]));
    expect([...kinds].toSorted()).toEqual([
      "account",
      "activity",
      "assistant",
      "connection",
      "grant",
      "session",
      "session-state",
      "token",
    ]);
    expect(kept.get("session-state")).toEqual({
      utcOffsetMinutes: expect.any(Number),
      offsetSeenAt: expect.any(Number),
      lastReadAt: expect.any(Number),
      lastOutcome: "ok",
    });
    for (const entry of kept.get("activity") as object[]) {
      // written by the activity log
      expect(Object.keys(entry).toSorted()).toEqual(["assistantId", "at", "outcome", "tool"]);
    }
    const { data } = await control<{ data: { id: string; bedtime_start: string }[] }>(
      "GET",
      "/people/everyday/documents/sleep",
    );
    const everything = await textKept();
    for (const { id, bedtime_start } of data) {
      expect(everything).not.toContain(id);
      expect(everything).not.toContain(bedtime_start.slice(0, 16));
    }
  });
});

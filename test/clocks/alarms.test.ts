import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { machineNow } from "../../sandbox/clock/machine-now.ts";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { clock } from "../support/clock.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { issueOldTokens } from "../support/old-grants.ts";
import { connectAssistant } from "../support/product.ts";
import { refreshAs } from "../support/token-requests.ts";

const day = 86_400_000;

describe.each([
  ["400 days behind", "everyday", -400 * day],
  ["400 days ahead of", "two_rings", 400 * day],
])("with the clock %s the machine's", (_name, person, ahead) => {
  it("signs in, connects, answers, and no alarm fires before its time", async () => {
    await emptyStorage(); // an agent of another test would see the jump of the clock
    await clock.start(new Date(machineNow() + ahead).toISOString());
    onTestFinished(() => clock.start());
    const alarm = vi.spyOn(RingAgent.prototype, "alarm");
    onTestFinished(() => alarm.mockRestore());

    const assistant = await connectAssistant({ person });
    expect((await assistant.call("oura_get_device")).isError).toBeUndefined();
    const old = await issueOldTokens(assistant); // a grant in Workers KV, which has a clock of its own
    expect((await refreshAs(assistant, old.refresh_token)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(alarm).not.toHaveBeenCalled();

    const agent = env.RING_AGENT.getByName(assistant.accountId);
    const due = await runInDurableObject(agent, (_object, { storage }) => storage.getAlarm());
    expect(due).toBeGreaterThan(clock.now());
    expect(due).toBeLessThan(clock.now() + 181 * day);
  });
});

import { beforeEach, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

let assistant: Assistant;

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
  assistant = await connectAssistant();
});

const break_ = (...faults: object[]) => control("PUT", "/faults", { faults });
const mend = () => control("DELETE", "/faults");

async function textOf(tool: string, input: unknown = {}): Promise<string> {
  const result = await assistant.call(tool, input);
  expect(result.isError).toBe(true);
  return result.content[0]?.text ?? "";
}

describe("each fault at Oura has its own error text, and the connection survives", () => {
  it.each<[string, object, RegExp]>([
    ["5xx", { kind: "server_error", status: 503 }, /Ōura has a problem on its side \(HTTP status 503\)/],
    ["a page instead of data", { kind: "html" }, /Ōura sent an answer that this service cannot read/],
    ["cut-off JSON", { kind: "malformed" }, /Ōura sent an answer that this service cannot read/],
    [
      "a long rate limit",
      { kind: "rate_limited", retryAfter: 90 },
      /Ōura accepts no more requests from this service for now\. Try again in 90 s\./,
    ],
    [
      "a rate limit of the whole app",
      { kind: "rate_limited", tier: "application", retryAfter: null },
      /in a few minutes/,
    ],
    ["a lapsed membership", { kind: "lapsed_membership" }, /active Ōura membership/],
  ])("%s", async (_name, fault, words) => {
    await break_(fault);
    expect(await textOf("oura_get_daily_summary")).toMatch(words);
    await mend();
    expect((await assistant.call("oura_get_daily_summary")).isError).toBeUndefined();
  });

  it("a grant removed at Oura needs a Reconnect, and the assistant stays authorized", async () => {
    await break_({ kind: "revoked_grant" });
    await assistant.call("oura_get_daily_summary");
    await mend();
    await control("POST", "/tokens/expire");
    expect(await textOf("oura_get_daily_summary")).toMatch(
      /no longer accepts this service's connection.*press Reconnect/,
    );
    const panel = await (await assistant.browser.open("/panel")).text();
    expect(panel).toContain("Reconnect needed");
    await reconnect();
    expect((await assistant.call("oura_get_daily_summary")).isError).toBeUndefined();
  });
});

/** Presses Reconnect in the panel and allows everything at Oura. */
async function reconnect(): Promise<void> {
  const { browser } = assistant;
  const address = (await browser.submitForm("/connect", new URLSearchParams())).headers.get("location") ?? "";
  const form = new URLSearchParams({ person: "everyday", decision: "allow" });
  for (const scope of ["daily", "spo2", "stress", "ring_configuration"]) form.append("scope", scope);
  const callback = (await browser.submitForm(address, form)).headers.get("location") ?? "";
  expect((await browser.open(callback)).headers.get("location")).toBe("/panel?message=connected");
}

describe("a failing part of an answer", () => {
  it("is reported with its reason, and the rest is answered", async () => {
    await break_({ kind: "server_error", status: 500, route: "daily_spo2" });
    const { structuredContent } = await assistant.call("oura_get_daily_summary", { start_date: "yesterday" });
    expect(structuredContent?.columns).toContain("steps");
    expect(structuredContent?.columns).not.toContain("spo2_pct");
    expect(structuredContent?.missing).toContainEqual({
      what: "spo2",
      reason: "unavailable",
      detail: expect.stringContaining("status 500"),
    });
  });

  it("is reported by column if only some columns of a section are missing", async () => {
    await break_({ kind: "server_error", status: 500, route: "sleep" });
    const { structuredContent } = await assistant.call("oura_get_daily_summary", { start_date: "yesterday" });
    expect(structuredContent?.columns).toContain("sleep_score");
    expect(structuredContent?.missing).toContainEqual(
      expect.objectContaining({
        what: "total_sleep_min, sleep_efficiency_pct, deep_min, rem_min, light_min",
        reason: "unavailable",
      }),
    );
  });

  it("is retried, so that a single failure has no effect", async () => {
    await break_({ kind: "server_error", status: 502, times: 2, route: "daily_readiness" });
    const result = await assistant.call("oura_get_daily_summary", { start_date: "yesterday", sections: ["readiness"] });
    expect(result.isError).toBeUndefined();
  });

  it("of the device leaves the ring in the answer if only the battery fails", async () => {
    await break_({ kind: "server_error", status: 500, route: "ring_battery_level" });
    const { structuredContent } = await assistant.call("oura_get_device");
    expect(structuredContent).toMatchObject({
      rings: [{ model: "gen4" }],
      missing: [{ what: "battery", reason: "unavailable" }],
    });
  });
});

describe("a failing refresh", () => {
  it.each<[string, object]>([
    ["5xx before the token was used", { kind: "server_error", status: 503, route: "token" }],
    ["a rate limit", { kind: "rate_limited", retryAfter: 30, route: "token" }],
  ])("%s: the connection waits and then recovers", async (_name, fault) => {
    await control("POST", "/tokens/expire");
    await break_(fault);
    expect(await textOf("oura_get_daily_summary")).toMatch(/did not confirm the renewal.*Ask again in 30 s/);
    await mend();
    await clock.advance(31_000);
    expect((await assistant.call("oura_get_daily_summary")).isError).toBeUndefined();
  });

  it("whose answer was lost after Oura rotated needs a Reconnect, because a refresh token works once", async () => {
    await control("POST", "/tokens/expire");
    await break_({ kind: "lost_answer", route: "token", times: 1 });
    expect(await textOf("oura_get_daily_summary")).toMatch(/did not confirm the renewal/);
    await clock.advance(31_000);
    expect(await textOf("oura_get_daily_summary")).toMatch(/press Reconnect/);
    await reconnect();
    expect((await assistant.call("oura_get_daily_summary")).isError).toBeUndefined();
  });
});

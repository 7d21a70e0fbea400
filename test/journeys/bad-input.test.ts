import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import { createAccount } from "../../sandbox/walk.ts";
import { openConsent } from "../support/consent.ts";
import { type Assistant, connectAssistant, createBrowser, origin, sendRpc } from "../support/product.ts";

let assistant: Assistant;

beforeAll(async () => {
  assistant = await connectAssistant();
});

describe("tool arguments", () => {
  it.each<[string, unknown, RegExp]>([
    [
      "oura_get_daily_summary",
      { day: "2026-11-01" },
      /Unknown argument "day"; this tool takes start_date, end_date, timezone, sections, columns, include_contributors, include_baselines, summary_only\./,
    ],
    [
      "oura_get_daily_summary",
      { start_date: "last week" },
      /start_date: "last week" is not accepted; write a day as YYYY-MM-DD/,
    ],
    [
      "oura_get_daily_summary",
      { start_date: "2025-10-10", end_date: "2025-10-01" },
      /start_date: .* is after end_date .*swap them/,
    ],
    ["oura_get_daily_summary", { start_date: "2099-01-01" }, /start_date: 2099-01-01 is in the future/],
    ["oura_get_daily_summary", { start_date: "2020-01-01", end_date: "2026-01-01" }, /at most 92; start at 2025-10-02/],
    ["oura_get_daily_summary", { sections: ["mood"] }, /sections: "mood" is not accepted; write any of sleep, .*\./],
    ["oura_get_daily_summary", { timezone: "Nowhere/Land" }, /timezone: "Nowhere\/Land" is not an IANA zone/],
    [
      "oura_get_intraday",
      { resolution_minutes: 10 },
      /resolution_minutes: 10 is not accepted; write 5, 15, 30 or 60\./,
    ],
    ["oura_get_device", { include_profile: "yes" }, /include_profile: "yes" is not accepted; write true or false\./],
    ["oura_get_permissions", { verbose: true }, /Unknown argument "verbose"; this tool takes no arguments\./],
  ])("%s %j names the field and the fix", async (tool, input, words) => {
    const result = await assistant.call(tool, input);
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toMatch(words);
  });

  it("of an unknown tool are a protocol error", async () => {
    const { error } = await sendRpc(assistant.tokens.access_token, "tools/call", {
      name: "oura_get_rich",
      arguments: {},
    });
    expect(error).toMatchObject({ code: -32602 });
  });

  it("that name an unknown resource get forty of its characters back, and the whole address up to 500", async () => {
    for (const [length, whole] of [
      [500, true],
      [501, false],
    ] as const) {
      const uri = `x:${"y".repeat(length - 2)}`;
      const { error } = await sendRpc(assistant.tokens.access_token, "resources/read", { uri });
      expect(JSON.stringify(error)).toContain("y".repeat(38));
      expect(JSON.stringify(error).includes(uri)).toBe(whole);
      expect(JSON.stringify(error).length).toBeLessThan(length + 300);
    }
  });
});

describe("an assistant that waits", () => {
  it("receives an error when the person cancels", async () => {
    const { address, client, query } = await openConsent();
    const browser = createBrowser();
    await createAccount(browser);
    const register = (await browser.open(address)).headers.get("location") ?? "";
    expect(register).toContain("/register?next=");
    const { fields } = readPageForm(await (await browser.open(register)).text());
    const cancelled = await browser.submitForm("/register", new URLSearchParams({ ...fields, decision: "cancel" }));
    const location = new URL(cancelled.headers.get("location") ?? "");
    expect(location.href.startsWith(client.redirectUri)).toBe(true);
    expect(location.searchParams.get("error")).toBe("access_denied");
    expect(location.searchParams.get("state")).toBe(query.get("state"));
  });

  it("is still answered after a mistyped account key", async () => {
    const { address } = await openConsent();
    const form = new URLSearchParams({ key: "mistyped", next: address });
    const html = await (await createBrowser().submitForm("/sign-in/key", form)).text();
    expect(html).toContain("No account has this key");
    expect(readPageForm(html).fields.next).toBe(address);
  });
});

describe("`next` addresses", () => {
  it.each([
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "/.//evil.test",
    "/x/..//evil.test",
    "/%2e//evil.test",
    "javascript:alert(1)",
    "evil",
  ])("never lead to another site: %j", async (next) => {
    const { browser } = await openConsent();
    const response = await browser.submitForm("/register", new URLSearchParams({ next }));
    expect(response.headers.get("location")).toBe("/panel");
  });
});

it.each(["multipart/form-data; boundary=a", "multipart/form-data"])(
  "an invalid body of type %j gets a 400 with an error page",
  async (type) => {
    const response = await exports.default.fetch(`${origin}/sign-in/key`, {
      method: "POST",
      body: "garbage",
      headers: { "content-type": type, origin, "cf-connecting-ip": "10.7.7.7" },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("could not be read");
  },
);

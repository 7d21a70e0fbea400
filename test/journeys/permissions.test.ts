import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { authorizeClient, discover, exchangeCode, reconnect } from "../../sandbox/walk.ts";
import { isOneInstallation } from "../../src/auth/complete-approval.ts";
import { scopeNames } from "../../src/oura/scopes.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { type Assistant, callTool, connectAssistant, origin, resetSimulator, sendRpc } from "../support/product.ts";
import { mcpRequest } from "../support/wire.ts";

beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

describe("an assistant with few permissions", () => {
  it("reads what it may, and every other section is reported as not_granted with the place to grant it", async () => {
    const assistant = await connectAssistant({ scopes: ["daily"] });
    const { structuredContent } = await assistant.call("oura_get_daily_summary", { start_date: "yesterday" });
    expect(structuredContent?.columns).toContain("steps");
    expect(structuredContent?.columns).not.toContain("spo2_pct");
    expect(structuredContent?.columns).not.toContain("stress_high_min");
    const missing = structuredContent?.missing as { what: string; reason: string; detail: string }[]; // the tool's output schema
    const refused = missing.filter((entry) => entry.reason === "not_granted");
    expect(refused.map((entry) => entry.what)).toEqual(["stress", "spo2", "resilience", "heart_health"]);
    for (const entry of refused)
      expect(entry.detail).toContain("connect the assistant to this server again and tick this kind of data");
  });

  it("gets a refusal with instructions from a tool it may not use", async () => {
    const assistant = await connectAssistant({ scopes: ["daily"] });
    const result = await assistant.call("oura_get_device");
    expect(result).toEqual({
      isError: true,
      content: [
        {
          type: "text",
          text:
            "This assistant is not allowed to read Ring Configuration. To allow that, connect the assistant to this " +
            "server again and tick this kind of data. http://localhost/panel shows what the assistant may read now.",
        },
      ],
    });
  });

  it("needs Stress and Daily Summaries for the stress section, although Oura requires only one", async () => {
    const assistant = await connectAssistant({ scopes: ["stress"] });
    const result = await assistant.call("oura_get_daily_summary", { sections: ["stress"], start_date: "yesterday" });
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toContain("Daily Summaries");
    const resilience = await assistant.call("oura_get_daily_summary", {
      sections: ["resilience"],
      start_date: "yesterday",
    });
    expect(resilience.isError).toBeUndefined();
  });

  it("does not get the profile unless it was ticked", async () => {
    const assistant = await connectAssistant({ scopes: ["ring_configuration"] });
    const { structuredContent } = await assistant.call("oura_get_device", { include_profile: true });
    expect(structuredContent).not.toHaveProperty("profile");
    expect(structuredContent?.missing).toMatchObject([{ what: "profile", reason: "not_granted" }]);
    const trusted = await connectAssistant({ scopes: ["ring_configuration", "personal"], person: "two_rings" });
    const answer = await trusted.call("oura_get_device", { include_profile: true });
    expect(answer.structuredContent?.profile).toMatchObject({ age_years: expect.any(Number) });
  });
});

describe("a connection to an Oura that names no scope", () => {
  const sentence = "Ōura did not say which permissions it granted";
  const panelOf = async ({ browser }: Assistant) => (await browser.open("/panel")).text();

  it("has the permissions that reads prove, and the panel and the permissions tool say so", async () => {
    await control("PUT", "/faults", { faults: [{ kind: "unnamed_scopes" }] });
    const assistant = await connectAssistant();
    const panel = await panelOf(assistant);
    expect(panel).toContain(`${sentence}, so this service tried to read each kind of data.`);
    expect(panel).toContain("Ōura shares 9 of 10 kinds of data");
    expect((await assistant.call("oura_get_permissions")).content[0]?.text).toContain(sentence);
    const answer = await assistant.call("oura_get_daily_summary", { start_date: "yesterday", sections: ["activity"] });
    expect(answer.structuredContent?.columns).toContain("steps");
  });

  it("has no permission that a read refuted", async () => {
    const narrowed = { kind: "narrowed_scopes", scopes: ["tag", "heart_health"] };
    await control("PUT", "/faults", { faults: [{ kind: "unnamed_scopes" }, narrowed] });
    const assistant = await connectAssistant();
    const panel = await panelOf(assistant);
    expect(panel).toContain("Ōura shares 7 of 10 kinds of data");
    const notShared = panel.slice(panel.indexOf("<h4>Not shared</h4>"));
    expect(Array.from(notShared.matchAll(/<b>([^<]+)<\/b>: /g), ([, label]) => label)).toEqual([
      "Tags",
      "Heart Health",
      "Personal Info",
    ]);
  });

  it("needs no read where the redirect names them, and the panel says nothing", async () => {
    await control("PUT", "/faults", { faults: [{ kind: "unnamed_scopes", route: "token" }] });
    const assistant = await connectAssistant();
    const panel = await panelOf(assistant);
    expect(panel).toContain("Ōura shares 9 of 10 kinds of data");
    expect(panel).not.toContain(sentence);
  });

  it("names them again after Reconnect, once Oura does", async () => {
    await control("PUT", "/faults", { faults: [{ kind: "unnamed_scopes" }] });
    const assistant = await connectAssistant();
    await control("PUT", "/faults", { faults: [] });
    await reconnect(assistant.browser, "everyday");
    expect(await panelOf(assistant)).not.toContain(sentence);
  });
});

it("lists every tool with a title, four hints, and schemas without surprises", async () => {
  const assistant = await connectAssistant();
  const { result } = await sendRpc(assistant.tokens.access_token, "tools/list", {});
  const { tools } = result as { tools: { name: string; title: string; description: string; annotations: object }[] }; // as the protocol says
  for (const tool of tools) {
    expect(tool.name).toMatch(/^oura_[a-z_]{1,58}$/);
    expect(tool.description.length).toBeLessThan(600);
    expect(tool.title.length).toBeGreaterThan(5);
    expect(tool.annotations).toMatchObject({
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    });
  }
  expect(tools).toMatchSnapshot();
});

it("lists at most twelve tools, whose definitions a model reads in 10 KB", async () => {
  const assistant = await connectAssistant();
  const { result } = await sendRpc(assistant.tokens.access_token, "tools/list", {});
  const { tools } = result as { tools: { name: string; description: string; inputSchema: object }[] }; // as the protocol says
  expect(tools.length).toBeLessThanOrEqual(12);
  const read = JSON.stringify(tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })));
  expect(new TextEncoder().encode(read).length).toBeLessThanOrEqual(10_240);
});

it("is refused at its next call after it is revoked in the panel, while another one still works", async () => {
  const first = await connectAssistant();
  const second = await connectAssistant({ browser: first.browser });
  const panel = await (await first.browser.open("/panel")).text();
  const [newest] = Array.from(panel.matchAll(/name="id" value="([0-9a-z]{26})"/g), (match) => match[1] ?? "");
  await first.browser.submitForm("/assistants/revoke", new URLSearchParams({ id: newest ?? "" }));
  await expect(second.call("oura_get_device")).rejects.toThrow("401");
  expect((await first.call("oura_get_device")).isError).toBeUndefined();
});

describe("an assistant whose OAuth grant still exists, with calls directly to the agent", () => {
  /** The agent's answer to a call with the newest approval, without the OAuth provider's check. */
  async function askAgent({ accountId, browser, client }: Assistant, scopes: readonly string[] = scopeNames) {
    const panel = await (await browser.open("/panel")).text();
    const assistantId = /name="id" value="([0-9a-z]{26})"/.exec(panel)?.[1] ?? "";
    return async (): Promise<string> => {
      const params = { name: "oura_get_device", arguments: {} };
      const answer = await env.RING_AGENT.getByName(accountId).answer(
        mcpRequest(null, { method: "tools/call", params }),
        { accountId, assistantId, clientId: client.clientId, scopes: [...scopes], origin, clientSites: [] },
      );
      return answer.ok ? answer.value.text() : answer.failure.kind;
    };
  }

  it("is refused at its next call once it is revoked", async () => {
    const assistant = await connectAssistant();
    const ask = await askAgent(assistant);
    expect(await ask()).toContain("Battery");
    await assistant.browser.submitForm("/assistants/revoke-all", new URLSearchParams());
    expect(await ask()).toBe("assistant_revoked");
  });

  it("reads only what its token allows, even if its approval allows more", async () => {
    const ask = await askAgent(await connectAssistant(), ["daily"]);
    expect(await ask()).toContain("not allowed to read Ring Configuration");
  });
});

it("loses permissions at its next call after they are reduced in the panel, which cannot extend them", async () => {
  const assistant = await connectAssistant();
  const question = ["oura_get_daily_summary", { sections: ["activity", "stress"] }] as const;
  const whole = await assistant.call(...question);
  expect(await assistant.call(...question)).toEqual(whole);
  expect(JSON.stringify(whole.structuredContent)).not.toContain("not_granted");
  const panel = await (await assistant.browser.open("/panel")).text();
  const id = /name="id" value="([0-9a-z]{26})"/.exec(panel)?.[1] ?? "";
  const save = (...scopes: string[]) =>
    assistant.browser.submitForm(
      "/assistants/narrow",
      new URLSearchParams([["id", id], ...scopes.map((name) => ["scope", name])]),
    );
  expect((await save("daily", "personal")).headers.get("location")).toBe("/panel?message=permissions-saved");
  expect((await assistant.call("oura_get_device")).content[0]?.text).toContain(
    "not allowed to read Ring Configuration",
  );
  // The same question while its answer is cached.
  expect((await assistant.call(...question)).structuredContent?.missing).toContainEqual(
    expect.objectContaining({ what: "stress", reason: "not_granted" }),
  );
  expect((await assistant.call("oura_get_daily_summary", { sections: ["activity"] })).isError).toBeUndefined();
  const { structuredContent } = await assistant.call("oura_get_permissions");
  expect(structuredContent?.rows).toContainEqual(["personal", "Personal Info", "no", "no", expect.any(String)]);
  expect((await save("daily", "ring_configuration")).headers.get("location")).toBe("/panel?message=permissions-saved");
  expect((await assistant.call("oura_get_device")).isError).toBe(true); // a removed permission cannot be added there
  expect((await save()).headers.get("location")).toBe("/panel?message=nothing-left");
  expect((await assistant.call("oura_get_daily_summary", { sections: ["activity"] })).isError).toBeUndefined();
});

describe("an assistant that requests authorization again, with more permissions", () => {
  it("replaces its older approval at first use, not before", async () => {
    const before = await connectAssistant({ scopes: ["daily"] });
    const { browser, client } = before;
    const server = await discover(browser);
    const choices = { person: "everyday", scopes: ["daily", "ring_configuration"] };
    const authorization = await authorizeClient(browser, server, client, choices);
    const tokens = await exchangeCode(browser, server, client, authorization);
    expect((await before.call("oura_get_permissions")).isError).toBeUndefined();

    expect((await callTool(tokens.access_token, "oura_get_device", {})).isError).toBeUndefined();
    await vi.waitFor(() => expect(before.call("oura_get_permissions")).rejects.toThrow("401"));
    const panel = await (await browser.open("/panel")).text();
    expect(panel.match(/action="\/assistants\/revoke"/g)).toHaveLength(1);
    expect((await callTool(tokens.access_token, "oura_get_device", {})).isError).toBeUndefined();
  });

  it("does not affect other assistants of the person", async () => {
    const other = await connectAssistant();
    const asking = await connectAssistant({ browser: other.browser });
    for (const assistant of [asking, other, asking])
      expect((await assistant.call("oura_get_device")).isError).toBeUndefined();
  });

  it("does not affect the same program on another computer with the same client id", () => {
    const clientDomain = "assistant.test";
    const [here, site, app] = ["http://127.0.0.1/cb", "https://assistant.test/cb", "cursor://assistant/cb"] as const;
    expect(isOneInstallation({ clientDomain, redirectIsLoopback: true, redirectUri: here })).toBe(false);
    expect(isOneInstallation({ clientDomain, redirectIsLoopback: false, redirectUri: app })).toBe(false);
    expect(isOneInstallation({ clientDomain, redirectIsLoopback: false, redirectUri: site })).toBe(true);
    expect(isOneInstallation({ redirectIsLoopback: true, redirectUri: here })).toBe(true); // registered dynamically: each installation has its own id
  });
});

it("loses access when all assistants are revoked", async () => {
  const first = await connectAssistant();
  const second = await connectAssistant({ browser: first.browser });
  await first.browser.submitForm("/assistants/revoke-all", new URLSearchParams());
  for (const assistant of [first, second]) await expect(assistant.call("oura_get_device")).rejects.toThrow("401");
});

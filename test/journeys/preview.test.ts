import { expect, inject, it, onTestFinished } from "vitest";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { createAccount } from "../../sandbox/walk.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { connectAssistant, createBrowser, origin, resetSimulator, sendRpc } from "../support/product.ts";

/** Starts a session of a host that draws pictures. */
function startInHostThatDraws(token: string): Promise<unknown> {
  const capabilities = { extensions: { "io.modelcontextprotocol/ui": {} } };
  const clientInfo = { name: "host", version: "1" };
  return sendRpc(token, "initialize", { protocolVersion: "2025-11-25", capabilities, clientInfo });
}

it("shows the owner the answer an assistant would get, without an entry in the activity", async () => {
  const assistant = await connectAssistant({ scopes: ["daily"] });
  const response = await assistant.browser.postJson("/preview", {});
  expect(response.headers.get("cache-control")).toBe("no-store");
  const preview: { tool: string; input: object; result: object } = await response.json();
  expect(preview.tool).toBe("oura_get_sleep_sessions");
  await startInHostThatDraws(assistant.tokens.access_token);
  const asked = await assistant.call(preview.tool, preview.input);
  expect(preview.result).toEqual(asked);
  expect(preview.result).toMatchObject({
    _meta: { "ringbridge/picture": { kind: "night", sleeps: expect.arrayContaining([expect.anything()]) } },
  });

  const panel = await (await assistant.browser.open("/panel")).text();
  expect(panel.match(/oura_get_sleep_sessions/g) ?? []).toHaveLength(1); // the assistant's call
});

it("shows the same as text and table without scripts", async () => {
  const { browser, call } = await connectAssistant();
  const { structuredContent } = await call("oura_get_sleep_sessions", { include_time_series: true });
  const response = await browser.submitForm("/preview", new URLSearchParams());
  const text = await response.text();
  expect(text).toContain("<h1>Last night</h1>");
  // At some hours last night is not at Ōura yet. Then an earlier night is shown, and the text says so.
  const hasLast = JSON.stringify(structuredContent?.rows) !== "[]";
  if (inject("clock") === fixedInstant) expect(hasLast).toBe(true);
  if (hasLast) expect(text).toContain(`<p>${structuredContent?.summary}</p>`);
  expect(text.includes("<p>Last night is not at Ōura yet.")).toBe(!hasLast);
  expect(text).toContain('<th scope="row">Asleep (min)</th>');
});

it("shows nothing to strangers, and nothing before Oura is connected", async () => {
  const stranger = await createBrowser().postJson("/preview", {});
  expect(stranger.status).toBe(400);
  expect(await stranger.json()).toEqual({ error: expect.any(String) });

  const unconnected = createBrowser();
  await createAccount(unconnected);
  const preview: { result: object } = await (await unconnected.postJson("/preview", {})).json();
  expect(preview.result).toMatchObject({ isError: true });
  expect(preview.result).not.toHaveProperty("structuredContent");
});

it("allows framing only of the view, and only by the own origin", async () => {
  const browser = createBrowser();
  const view = await browser.open("/preview/view");
  expect(view.headers.get("content-security-policy")).toBe(
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-scripts",
  );
  expect(view.headers.get("x-frame-options")).toBe("SAMEORIGIN");
  for (const path of ["/", "/help", "/sign-in", "/assets/preview.js"]) {
    const page = await browser.open(path);
    expect(page.headers.get("x-frame-options"), path).toBe("DENY");
    const policy = page.headers.get("content-security-policy");
    if (policy !== null) expect(policy, path).toContain("frame-ancestors 'none'");
  }

  const { browser: owner } = await connectAssistant();
  const panel = await owner.open("/panel");
  expect(panel.headers.get("content-security-policy")).toContain(`frame-src ${origin}/preview/view;`);
  expect((await owner.open("/disconnect")).headers.get("content-security-policy")).toContain("frame-src 'none';");
});

it("shows the newest of the last three nights, and none that is older", async () => {
  const { browser } = await connectAssistant();
  const hour = 3_600_000;
  const previewWhenSyncedUntil = async (hoursAgo: number) => {
    const until = new Date(clock.now() - hoursAgo * hour).toISOString();
    await control("PUT", "/people/everyday", { synced_until: until });
    await clock.advance(61_000); // Ōura's answers are in memory for a minute
    return (await browser.postJson("/preview", {})).json<{ note: string | null }>();
  };
  onTestFinished(() => resetSimulator());
  expect(await previewWhenSyncedUntil(36)).toMatchObject({ note: expect.stringContaining("This is the newest one") });
  expect(await previewWhenSyncedUntil(87)).toEqual(
    expect.objectContaining({ note: "There is no night of the last 3 days at Ōura yet." }),
  );
});

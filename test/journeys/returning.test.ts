import { beforeAll, describe, expect, it } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, register } from "../../sandbox/walk.ts";
import { openConsent, sendToOura } from "../support/consent.ts";
import { type Assistant, connectAssistant, createBrowser } from "../support/product.ts";

/** What a person chooses on Oura's page. */
interface Choice {
  person?: string;
  decision?: "allow" | "deny";
  scopes?: readonly string[];
}

/** Chooses on Oura's page, and opens the page of ours to which Oura's page leads. */
async function chooseAtOura(
  browser: Visitor,
  address: string,
  { person = "everyday", decision = "allow", scopes = ["daily"] }: Choice,
): Promise<Response> {
  const form = new URLSearchParams({ person, decision });
  for (const scope of scopes) form.append("scope", scope);
  const callback = await browser.submitForm(address, form);
  return browser.open(callback.headers.get("location") ?? "");
}

async function returnToPanel(choice: Choice): Promise<Response> {
  const browser = createBrowser();
  await createAccount(browser);
  await register(browser);
  const toOura = await browser.submitForm("/connect", new URLSearchParams());
  return chooseAtOura(browser, toOura.headers.get("location") ?? "", choice);
}

async function returnToAssistant(choice: Choice): Promise<{ browser: Visitor; response: Response }> {
  const consent = await openConsent();
  const { location } = await sendToOura(consent);
  return { browser: consent.browser, response: await chooseAtOura(consent.browser, location, choice) };
}

/** The parameters with which the browser was sent to the assistant; null if it was not. */
function atAssistant(response: Response): Record<string, string> | null {
  const location = response.headers.get("location") ?? "";
  return location.startsWith("http://127.0.0.1:4711/callback?")
    ? Object.fromEntries(new URL(location).searchParams)
    : null;
}

describe("a person who started on their own page", () => {
  it.each<[string, Choice, string]>([
    ["who allowed", { person: "two_rings" }, "connected"],
    ["who refused at Ōura", { decision: "deny" }, "denied-at-oura"],
    ["who left nothing ticked", { person: "two_rings", scopes: [] }, "nothing-granted"],
  ])("%s comes back to it", async (_name, choice, message) => {
    const response = await returnToPanel(choice);
    expect([response.status, response.headers.get("location")]).toEqual([303, `/panel?message=${message}`]);
  });
});

describe("a person who allows an assistant", () => {
  it("is sent to the assistant with a code", async () => {
    const { response } = await returnToAssistant({ person: "far_east" });
    expect(atAssistant(response)).toMatchObject({ code: expect.any(String), state: "client-state" });
  });

  it("is sent to the assistant without a code after refusing at Ōura", async () => {
    const { response } = await returnToAssistant({ decision: "deny" });
    expect(atAssistant(response)).toMatchObject({ error: "access_denied", state: "client-state" });
  });

  it("can choose again after leaving nothing ticked", async () => {
    const { browser, response } = await returnToAssistant({ person: "no_ring", scopes: [] });
    const html = await response.text();
    expect(html).toContain("Nothing was shared");
    const again = /href="([^"]+)">\s*Choose again at Ōura/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await chooseAtOura(browser, again, { person: "no_ring" });
    expect(atAssistant(second)).toMatchObject({ code: expect.any(String) });
  });
});

describe("a person whose ring is connected to another account, and who allows an assistant", () => {
  let holder: Assistant;

  beforeAll(async () => {
    holder = await connectAssistant();
  });

  async function askedToTakeOver() {
    const { browser, response } = await returnToAssistant({ person: "everyday" });
    const { fields } = readPageForm(await response.text());
    const decide = (changes: Record<string, string>) =>
      browser.submitForm("/take-over", new URLSearchParams({ ...fields, ...changes }));
    return { decide, isHeld: async () => (await holder.call("oura_get_device")).isError === undefined };
  }

  it("keeps the connection where it is if the assistant's request is not valid", async () => {
    const { decide, isHeld } = await askedToTakeOver();
    const answer = await decide({ handle: "made-up" });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("The assistant got no access")]);
    expect(await isHeld()).toBe(true);
  });

  it("keeps the connection where it is and sends the assistant a refusal", async () => {
    const { decide, isHeld } = await askedToTakeOver();
    expect(atAssistant(await decide({ decision: "cancel" }))).toMatchObject({ error: "access_denied" });
    expect(await isHeld()).toBe(true);
  });

  it("moves the connection and sends the assistant a code", async () => {
    const { decide } = await askedToTakeOver();
    expect(atAssistant(await decide({}))).toMatchObject({ code: expect.any(String) });
    await expect(holder.call("oura_get_device")).rejects.toThrow("answered 401");
  });
});

import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

let assistant: Assistant;

beforeAll(async () => {
  assistant = await connectAssistant();
});

/** The error of the platform when an object's code was updated while it worked. */
function reset(marks: object = { durableObjectReset: true, retryable: true }): Error {
  return Object.assign(new Error("Durable Object reset because its code was updated."), marks);
}

/** Agents of which the first `broken` stubs fail at every method. Counts the stubs. */
function agentsAfterReset({ broken = 1, error = reset() }: { broken?: number; error?: Error } = {}) {
  let stubs = 0;
  const agents = namespaceOf((name) => {
    stubs += 1;
    const stub = env.RING_AGENT.getByName(name);
    if (stubs > broken) return stub;
    return new Proxy({}, { get: () => () => Promise.reject(error) });
  });
  return { agents, countStubs: () => stubs };
}

const call = { method: "tools/call", params: { name: "oura_get_permissions", arguments: {} } };

describe("an agent that is reset during a request", () => {
  it.each([
    ["by an update of its code", reset()],
    ["by an update of its code, told in words alone", reset({})],
    ["by a lost connection", Object.assign(new Error("Network connection lost."), { retryable: true })],
  ])("answers the assistant all the same: %s", async (_, error) => {
    const { agents } = agentsAfterReset({ error });
    const response = await fetchWith({ RING_AGENT: agents }, mcpRequest(assistant.tokens.access_token, call));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("structuredContent");
  });

  it("is asked twice at most, and the assistant learns what happened", async () => {
    const { agents, countStubs } = agentsAfterReset({ broken: 9 });
    const response = await fetchWith({ RING_AGENT: agents }, mcpRequest(assistant.tokens.access_token, call));
    expect([response.status, countStubs()]).toEqual([503, 2]);
    expect(response.headers.get("retry-after")).not.toBeNull();
    expect(await response.text()).toBe(
      "This service was updated or restarted while it worked on your request. Try again.",
    );
  });

  it.each([
    ["an overloaded agent", reset({ retryable: true, overloaded: true })],
    ["an error of our own", new Error("secret")],
  ])("is not asked again after another error: %s", async (_, error) => {
    const { agents, countStubs } = agentsAfterReset({ error });
    const response = await fetchWith({ RING_AGENT: agents }, mcpRequest(assistant.tokens.access_token, call));
    expect([response.status, countStubs()]).toEqual([500, 1]);
    expect(await response.text()).not.toContain("secret");
  });

  it("shows the panel and last night all the same", async () => {
    const cookie = assistant.browser.cookies();
    const panel = new Request(`${origin}/panel`, { headers: { cookie } });
    const shown = await fetchWith({ RING_AGENT: agentsAfterSession() }, panel);
    expect(await shown.text()).toContain("Your MCP server</h1>");
    const headers = { cookie, origin, accept: "application/json" };
    const preview = new Request(`${origin}/preview`, { method: "POST", headers });
    expect((await fetchWith({ RING_AGENT: agentsAfterSession() }, preview)).status).toBe(200);
  });

  it("does not change anything twice: the person is asked to try again", async () => {
    const cookie = assistant.browser.cookies();
    const { agents, countStubs } = agentsAfterReset();
    const headers = { cookie, origin, "content-type": "application/x-www-form-urlencoded" };
    const request = new Request(`${origin}/account-key`, { method: "POST", headers, body: "" });
    const response = await fetchWith({ RING_AGENT: agents }, request);
    expect([response.status, countStubs()]).toEqual([503, 1]);
    expect(await response.text()).toContain("Try again.");
  });
});

/** Agents of which every first stub is broken, except the one that a session opens for changes. */
function agentsAfterSession() {
  return agentsAfterReset({ broken: 2 }).agents;
}

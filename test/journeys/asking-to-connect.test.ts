import { env, exports } from "cloudflare:workers";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { beforeAll, expect, it } from "vitest";
import { theRegistry } from "../../src/registry/registry.ts";
import { tools } from "../../src/tools/index.ts";
import { type Assistant, connectAssistant, origin, sendRpc } from "../support/product.ts";

const opensAddresses = { elicitation: { url: {} } };
const name = "oura_get_daily_summary";
const words = `Your Ōura account is not connected to this service yet. Open ${origin}/panel and press Connect.`;
const asksToOpen = {
  resultType: "input_required",
  inputRequests: {
    connect: { method: "elicitation/create", params: { mode: "url", message: words, url: `${origin}/panel` } },
  },
};

/** Of somebody who has disconnected Ōura. */
let assistant: Assistant;

beforeAll(async () => {
  assistant = await connectAssistant();
  await assistant.browser.submitForm("/disconnect", new URLSearchParams());
});

/** A call of the 2026 protocol. `more` are the fields of a repetition. */
async function call(capabilities: object, more: object = {}, tool = name): Promise<Record<string, unknown>> {
  const response = await exports.default.fetch(`${origin}/mcp`, {
    method: "POST",
    headers: {
      host: new URL(origin).host,
      authorization: `Bearer ${assistant.tokens.access_token}`,
      "content-type": "application/json",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": tool,
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: {
        name: tool,
        arguments: {},
        ...more,
        _meta: {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": capabilities,
          "io.modelcontextprotocol/clientInfo": { name: "client", version: "1" },
        },
      },
    }),
  });
  return (await response.json<{ result: Record<string, unknown> }>()).result;
}

const inWords = { isError: true, content: [{ type: "text", text: words }] };
const accepted = { inputResponses: { connect: { action: "accept" } } };

it("asks a person without a connection to open the panel, at most twice, and then says it in words", async () => {
  const first = await call(opensAddresses);
  expect(first).toMatchObject(asksToOpen);
  const second = await call(opensAddresses, { ...accepted, requestState: first.requestState });
  expect(second).toMatchObject(asksToOpen);
  expect(second.requestState).not.toBe(first.requestState);
  expect(await call(opensAddresses, { ...accepted, requestState: second.requestState })).toMatchObject(inWords);
});

it.each(["decline", "cancel"])(
  "says it in words after %s, and after a repetition without an answer",
  async (action) => {
    const { requestState } = await call(opensAddresses);
    const refused = { inputResponses: { connect: { action } } };
    expect(await call(opensAddresses, { ...refused, requestState })).toMatchObject(inWords);
    expect(await call(opensAddresses, { requestState })).toMatchObject(inWords);
    expect(await call(opensAddresses, { ...accepted, requestState: "asked never" })).toMatchObject(inWords);
  },
);

it("says it in words to a host that declares nothing, or forms alone", async () => {
  for (const declared of [{}, { elicitation: {} }, { elicitation: { form: {} } }])
    expect(await call(declared)).toMatchObject(inWords);
});

it("says it in words to a host of the 2025 protocol, whatever it declares", async () => {
  const token = assistant.tokens.access_token;
  const clientInfo = { name: "client", version: "1" };
  await sendRpc(token, "initialize", { protocolVersion: "2025-11-25", capabilities: opensAddresses, clientInfo });
  expect((await sendRpc(token, "tools/call", { name, arguments: {} })).result).toMatchObject(inWords);
  const _meta = { "io.modelcontextprotocol/clientCapabilities": opensAddresses };
  expect((await sendRpc(token, "tools/call", { name, arguments: {}, _meta })).result).toMatchObject(inWords);
});

it("asks from every tool that reads Ōura, and from no tool about the account", async () => {
  for (const tool of tools) {
    const asked = (await call(opensAddresses, {}, tool.name)).resultType === "input_required";
    expect(asked, tool.name).toBe(tool.asks === "oura");
  }
});

it("is asked by the official client library of its person, whose acceptances it counts", async () => {
  const shown: unknown[] = [];
  const client = new Client(
    { name: "library", version: "1" },
    { capabilities: opensAddresses, versionNegotiation: { mode: "auto" } },
  );
  client.setRequestHandler("elicitation/create", ({ params }) => {
    shown.push(params);
    return { action: "accept" };
  });
  const transport = new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${assistant.tokens.access_token}`, host: "localhost" } },
    fetch: (url, init) => exports.default.fetch(new Request(url, init)),
  });
  await client.connect(transport);
  expect(await client.callTool({ name, arguments: {} })).toMatchObject(inWords);
  const asked = expect.objectContaining({ mode: "url", message: words, url: `${origin}/panel` });
  expect(shown).toEqual([asked, asked]);
  await client.close();
});

it("asks nothing of a person who can only wait for a place", async () => {
  const registry = theRegistry(env);
  await registry.setCapacity(0);
  await registry.release(assistant.accountId);
  expect(await call(opensAddresses)).toMatchObject({ resultType: "input_required" }); // Register can be pressed
  await assistant.browser.submitForm("/register", new URLSearchParams({ next: "/panel" }));
  const waits = { isError: true, content: [{ type: "text", text: expect.stringContaining("in the queue") }] };
  expect(await call(opensAddresses)).toMatchObject(waits);
  await registry.setCapacity(10);
});

it("answers when the person has connected meanwhile, and asks nothing about another failure", async () => {
  const { requestState } = await call(opensAddresses);
  await connectAssistant({ browser: assistant.browser });
  const answer = await call(opensAddresses, { ...accepted, requestState });
  expect(answer).toMatchObject({ structuredContent: { summary: expect.any(String) } });
  const wrong = await call(opensAddresses, { arguments: { start_date: "last tuesday" } });
  expect(wrong).toMatchObject({ isError: true });
});

import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createAssistantStore } from "../../src/grants/assistants.ts";
import { type Assistant, connectAssistant, origin, sendRpc } from "../support/product.ts";

const ui = { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } } };
const anotherUi = { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html+mcp"] } } };

let assistant: Assistant;

beforeEach(async () => {
  assistant = await connectAssistant();
});

const call = { name: "oura_get_trends", arguments: { metrics: ["steps"] } };

interface CallResult {
  structuredContent: object;
  _meta?: Record<string, unknown>;
}

/** Starts a session of the 2025 protocol. */
function start(capabilities: object, name = "client"): Promise<unknown> {
  const params = { protocolVersion: "2025-11-25", capabilities, clientInfo: { name, version: "1" } };
  return sendRpc(assistant.tokens.access_token, "initialize", params);
}

async function callOf2025(): Promise<CallResult> {
  const { result } = await sendRpc(assistant.tokens.access_token, "tools/call", call);
  return result as CallResult; // the protocol's form
}

async function callOf2026(capabilities: object, name = "client"): Promise<CallResult> {
  const response = await exports.default.fetch(`${origin}/mcp`, {
    method: "POST",
    headers: {
      host: new URL(origin).host,
      authorization: `Bearer ${assistant.tokens.access_token}`,
      "content-type": "application/json",
      "mcp-protocol-version": "2026-07-28",
      "mcp-method": "tools/call",
      "mcp-name": call.name,
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: {
        ...call,
        _meta: {
          "io.modelcontextprotocol/protocolVersion": "2026-07-28",
          "io.modelcontextprotocol/clientCapabilities": capabilities,
          "io.modelcontextprotocol/clientInfo": { name, version: "1" },
        },
      },
    }),
  });
  return (await response.json<{ result: CallResult }>()).result;
}

const hasPicture = ({ _meta = {} }: CallResult) => "ringbridge/picture" in _meta;

describe("the data of a picture", () => {
  it("goes to a host of the 2025 protocol if its last start shows that it draws views", async () => {
    expect(hasPicture(await callOf2025())).toBe(false); // it has declared nothing
    await start({ roots: {} });
    const plain = await callOf2025();
    expect(hasPicture(plain)).toBe(false);
    await start(ui);
    const drawn = await callOf2025();
    expect(hasPicture(drawn)).toBe(true);
    expect(drawn.structuredContent).toEqual(plain.structuredContent);
    await start(anotherUi);
    expect(hasPicture(await callOf2025())).toBe(false);
  });

  it("goes to a host of the 2026 protocol as each request declares", async () => {
    await start(ui);
    expect(hasPicture(await callOf2026({}))).toBe(false);
    expect(hasPicture(await callOf2026(ui))).toBe(true);
    expect(hasPicture(await callOf2025())).toBe(true); // the session's own declaration still counts
  });

  it.each(["Visual Studio Code", "Visual Studio Code - Insiders", "openai-mcp"])(
    "goes to %s, which draws views and does not declare it",
    async (name) => {
      await start({}, name);
      expect(hasPicture(await callOf2025())).toBe(true);
      expect(hasPicture(await callOf2026({}, name))).toBe(true);
    },
  );
});

it("every tool with a picture names its view to every host, and the server declares that it has views", async () => {
  const { result: started } = (await start({})) as { result: { capabilities: object } }; // the protocol's form
  expect(started.capabilities).toMatchObject({ extensions: { "io.modelcontextprotocol/ui": {} } });
  const { result } = await sendRpc(assistant.tokens.access_token, "tools/list", {});
  const { tools } = result as { tools: { name: string; _meta?: object }[] }; // the protocol's form
  expect(tools.find(({ name }) => name === call.name)?._meta).toEqual({
    ui: { resourceUri: "ui://ringbridge/view.html" },
  });
});

it("what a host declares is written only when it changes", async () => {
  const agent = env.RING_AGENT.getByName(assistant.accountId);
  const writes = await runInDurableObject(agent, (_agent, { storage: { kv } }) => {
    const written: string[] = [];
    const counting = new Proxy(kv, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...given: unknown[]) => {
          if (name === "put") written.push(String(given[0]));
          return Reflect.apply(member, target, given);
        };
      },
    });
    const store = createAssistantStore(counting, () => 0);
    const id = store.list()[0]?.id ?? "";
    return [true, true, false, false, true].map((draws) => {
      store.noteDrawing(id, draws);
      return written.length;
    });
  });
  expect(writes).toEqual([1, 1, 2, 2, 3]);
});

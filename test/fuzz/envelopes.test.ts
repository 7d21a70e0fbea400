import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { scopeNames } from "../../src/oura/scopes.ts";
import { unwrap } from "../../src/outcome.ts";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { headerText, hostileJson, hostileText } from "./hostile.ts";
import { expectSound, watchFaults } from "./invariants.ts";
import { runsOf, timeoutOf } from "./plan.ts";
import { allTools, plausibleInput } from "./tool-calls.ts";

const watch = watchFaults();
let assistant: Assistant;
let assistantId: string;
let calls = 0;

beforeAll(async () => {
  assistant = await connectAssistant();
  const agent = env.RING_AGENT.getByName(assistant.accountId);
  const keys = await runInDurableObject(agent, (_object, { storage }) => [
    ...storage.kv.list({ prefix: "assistant:" }),
  ]);
  assistantId = keys[0]?.[0].slice("assistant:".length) ?? "";
});

afterAll(() => watch.stop());

/**
 * Sends one request to the agent, past the token check. The rate limit counts by the account in the call, so each call
 * names another account but reaches the same agent.
 */
async function send(request: Request): Promise<{ response: Response; text: string }> {
  calls += 1;
  const identity = {
    accountId: `case-${calls}`,
    assistantId,
    clientId: "client",
    scopes: [...scopeNames],
    origin,
    clientSites: [],
  };
  const response = unwrap(await env.RING_AGENT.getByName(assistant.accountId).answer(request, identity));
  return { response, text: await expectSound(response) };
}

const methods = fc.oneof(
  { weight: 5, arbitrary: fc.constant("tools/call") },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...["initialize", "notifications/initialized", "ping", "tools/list", "server/discover", "resources/list"],
      ...["resources/read", "resources/templates/list", "prompts/list", "prompts/get", "completion/complete"],
      ...["logging/setLevel", "subscriptions/listen", "tasks/get", "notifications/cancelled", "sampling/createMessage"],
    ),
  },
  { weight: 1, arbitrary: hostileText },
);

const call = fc.constantFrom(...allTools).chain((tool) =>
  fc.record(
    {
      name: fc.oneof({ weight: 5, arbitrary: fc.constant(tool.name) }, { weight: 1, arbitrary: hostileJson }),
      arguments: fc.oneof({ weight: 5, arbitrary: plausibleInput(tool) }, { weight: 2, arbitrary: hostileJson }),
      task: hostileJson,
      inputResponses: hostileJson,
      requestState: hostileText,
    },
    { requiredKeys: ["name", "arguments"] },
  ),
);

const params = fc.oneof(
  { weight: 5, arbitrary: call },
  { weight: 2, arbitrary: hostileJson },
  { weight: 1, arbitrary: fc.record({ uri: hostileText, cursor: hostileText, level: hostileText }) },
  {
    weight: 1,
    arbitrary: fc.record({
      protocolVersion: fc.oneof(fc.constantFrom("2025-11-25", "2024-11-05", "1999-01-01"), hostileJson),
      capabilities: hostileJson,
      clientInfo: hostileJson,
    }),
  },
);

const id = fc.oneof({ weight: 6, arbitrary: fc.nat() }, { weight: 2, arbitrary: hostileJson });

function message(ofParams: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(
    {
      jsonrpc: fc.oneof({ weight: 8, arbitrary: fc.constant("2.0") }, { weight: 1, arbitrary: hostileJson }),
      id,
      method: fc.oneof({ weight: 10, arbitrary: methods }, { weight: 1, arbitrary: hostileJson }),
      params: ofParams,
      result: hostileJson,
      error: hostileJson,
    },
    { requiredKeys: ["jsonrpc", "method", "params"] },
  );
}

/** Usually the headers a client sends, with a few of them changed, added or removed. */
function headers(usual: Record<string, string>): fc.Arbitrary<Record<string, string>> {
  const name = fc.constantFrom(
    ...["accept", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name", "mcp-session-id", "last-event-id"],
    ...["origin", "host", "content-encoding", "mcp-param-x", "x-forwarded-host", "authorization", "cookie"],
  );
  const odd = fc.dictionary(name, fc.option(headerText), { maxKeys: 4 });
  const changed = odd.map((changes) =>
    Object.fromEntries(
      Object.entries({ ...usual, ...changes }).filter((one): one is [string, string] => one[1] !== null),
    ),
  );
  return fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary: changed });
}

const usualHeaders = {
  host: new URL(origin).host,
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};

function post(body: string, given: Record<string, string>): Request {
  return new Request(`${origin}/mcp`, { method: "POST", headers: given, body });
}

/** JSON, truncated JSON, or JSON with one character changed. */
function written(json: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = json.map((value) => JSON.stringify(value) ?? "");
  const cut = fc.tuple(text, fc.nat(400)).map(([whole, length]) => whole.slice(0, length));
  const torn = fc
    .tuple(text, fc.nat(400), hostileText)
    .map(([whole, at, odd]) => whole.slice(0, at) + odd.slice(0, 20) + whole.slice(at + 1));
  return fc.oneof({ weight: 12, arbitrary: text }, { weight: 1, arbitrary: cut }, { weight: 1, arbitrary: torn });
}

/** Checks every JSON-RPC message of an answer: no internal error, and no NaN or infinity in tool results. */
function expectRpc(text: string): void {
  const messages = [...text.matchAll(/^data: (.+)$/gm)].map((match) => match[1] ?? "");
  for (const one of messages.length > 0 ? messages : text.startsWith("{") ? [text] : []) {
    const { error, result } = z
      .looseObject({ error: z.unknown(), result: z.unknown() })
      .partial()
      .parse(JSON.parse(one));
    if (error !== undefined) expect(z.looseObject({ code: z.int() }).parse(error).code, one).not.toBe(-32603);
    const failed = z.looseObject({ isError: z.literal(true) }).safeParse(result).success;
    if (failed) expect(one).not.toMatch(/reference|went wrong/i);
  }
}

describe("the MCP endpoint", () => {
  it("answers any 2025 request with a result or a client error", { timeout: timeoutOf() }, async () => {
    const one = message(params);
    const body = written(
      fc.oneof(
        { weight: 8, arbitrary: one },
        { weight: 1, arbitrary: fc.array(one, { maxLength: 5 }) },
        { weight: 1, arbitrary: hostileJson },
      ),
    );
    const version = fc.option(
      fc.oneof(fc.constantFrom("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"), headerText),
    );
    const sent = version.chain((chosen) =>
      headers({ ...usualHeaders, ...(chosen === null ? {} : { "mcp-protocol-version": chosen }) }),
    );
    await fc.assert(
      fc.asyncProperty(body, sent, async (text, given) => expectRpc((await send(post(text, given))).text)),
      runsOf("JSON-RPC of 2025"),
    );
    expect(watch.faults).toEqual([]);
  });

  it("answers any 2026-07-28 request with a result or a client error", { timeout: timeoutOf() }, async () => {
    const meta = fc.record(
      {
        "io.modelcontextprotocol/protocolVersion": fc.oneof(
          { weight: 8, arbitrary: fc.constant("2026-07-28") },
          { weight: 1, arbitrary: hostileJson },
        ),
        "io.modelcontextprotocol/clientCapabilities": fc.oneof(
          { weight: 5, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: hostileJson },
        ),
        "io.modelcontextprotocol/clientInfo": fc.oneof(fc.constant({ name: "fuzz", version: "1" }), hostileJson),
        "io.modelcontextprotocol/logLevel": hostileJson,
        progressToken: hostileJson,
      },
      { requiredKeys: ["io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientCapabilities"] },
    );
    const withMeta = fc
      .tuple(params, fc.oneof({ weight: 8, arbitrary: meta }, { weight: 1, arbitrary: hostileJson }))
      .map(([given, _meta]) =>
        typeof given === "object" && given !== null && !Array.isArray(given) ? { ...given, _meta } : given,
      );
    const sent = message(withMeta).chain((envelope) => {
      const named = z.looseObject({ name: z.string() }).safeParse(envelope.params);
      return fc.tuple(
        written(fc.constant(envelope)),
        headers({
          ...usualHeaders,
          "mcp-protocol-version": "2026-07-28",
          "mcp-method": printableOf(envelope.method),
          ...(named.success ? { "mcp-name": printableOf(named.data.name) } : {}),
        }),
      );
    });
    await fc.assert(
      fc.asyncProperty(sent, async ([text, given]) => expectRpc((await send(post(text, given))).text)),
      runsOf("JSON-RPC of 2026-07-28"),
    );
    expect(watch.faults).toEqual([]);
  });
});

function printableOf(text: unknown): string {
  return typeof text === "string" ? text.replace(/[^\x20-\x7e]/g, "").slice(0, 500) : "";
}

import { describe, expect, it } from "vitest";
import { AppError, type Failure } from "../../src/errors.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createGate } from "../../src/oura/gate.ts";
import { readOura, type Transport } from "../../src/oura/transport.ts";

type Reply = Response | Error | "hang";

/** A transport with scripted replies in order, and a clock that advances only by waiting. */
function scripted(replies: Reply[]) {
  const seen = {
    urls: [] as string[],
    inits: [] as RequestInit[],
    tokens: [] as string[],
    waits: [] as number[],
    replaced: 0,
  };
  let now = 0;
  let token = "first";
  const transport: Transport = {
    fetch: async (input, init) => {
      seen.urls.push(String(input));
      seen.inits.push(init ?? {});
      seen.tokens.push(new Headers(init?.headers).get("authorization") ?? "");
      const reply = replies.shift();
      if (reply === "hang") throw new DOMException("late", "TimeoutError");
      if (reply instanceof Error) throw reply;
      return reply ?? Response.json({ data: [] });
    },
    sleep: async (milliseconds) => {
      seen.waits.push(milliseconds);
      now += milliseconds;
    },
    random: () => 0,
    gate: createGate(6),
    tokens: {
      current: async () => token,
      replace: async () => {
        seen.replaced += 1;
        token = "second";
        return token;
      },
    },
    apiUrl: "https://oura.test",
  };
  const read = () =>
    readOura(
      transport,
      createCallBudget(() => now, null, 10),
      "/v2/x",
    );
  return { seen, read };
}

async function failureOfRead(read: () => Promise<unknown>): Promise<Failure> {
  try {
    await read();
  } catch (error) {
    if (error instanceof AppError) return error.failure;
    throw error;
  }
  throw new Error("the read succeeded");
}

const status = (code: number, body: unknown = {}, headers: Record<string, string> = {}) =>
  Response.json(body, { status: code, headers });

describe("reading Oura", () => {
  it("sends the token in a header and nowhere else", async () => {
    const { seen, read } = scripted([status(200, { data: [1] })]);
    expect(await read()).toEqual({ data: [1] });
    expect(seen.tokens).toEqual(["Bearer first"]);
    expect(seen.urls.join()).not.toContain("first");
  });

  it.each<[string, () => Reply]>([
    ["a 500", () => status(500)],
    ["a 504", () => status(504)],
    ["a timeout", () => "hang"],
    ["a broken connection", () => new TypeError("reset")],
    ["an answer that is not JSON", () => new Response("<html>")],
  ])("retries after %s, with growing pauses", async (_name, reply) => {
    const { seen, read } = scripted([reply(), reply(), status(200, { ok: true })]);
    expect(await read()).toEqual({ ok: true });
    expect(seen.waits).toEqual([250, 500]);
  });

  it.each<[Reply, Reply, Reply, Failure]>([
    [status(500), status(500), status(503), { kind: "oura_unavailable", status: 503 }],
    ["hang", "hang", "hang", { kind: "oura_timeout" }],
    [new TypeError("x"), new TypeError("x"), new TypeError("x"), { kind: "oura_unavailable", status: null }],
    [new Response("{"), new Response("{"), new Response("{"), { kind: "oura_malformed" }],
  ])("fails after three attempts with the right kind of failure", async (first, second, third, failure) => {
    const { seen, read } = scripted([first, second, third]);
    expect(await failureOfRead(read)).toEqual(failure);
    expect(seen.urls).toHaveLength(3);
  });

  it.each<[number, unknown, Failure]>([
    [400, {}, { kind: "oura_refused", status: 400 }],
    [404, {}, { kind: "oura_refused", status: 404 }],
    [422, { detail: [] }, { kind: "oura_refused", status: 422 }],
    [403, { detail: "x" }, { kind: "membership_lapsed" }],
    [
      401,
      { detail: "Token is not authorized access heart_health scope." },
      { kind: "not_granted_by_oura", labels: "Heart Health" },
    ],
    [
      401,
      { detail: "Token is not authorized access something_new scope." },
      { kind: "not_granted_by_oura", labels: "this data" },
    ],
  ])("treats %i as final: no retry and no refresh", async (code, body, failure) => {
    const { seen, read } = scripted([status(code, body)]);
    expect(await failureOfRead(read)).toEqual(failure);
    expect([seen.urls.length, seen.replaced]).toEqual([1, 0]);
  });

  it("replaces a refused token only once", async () => {
    const once = scripted([status(401), status(200, { ok: true })]);
    expect(await once.read()).toEqual({ ok: true });
    expect(once.seen.tokens).toEqual(["Bearer first", "Bearer second"]);
    const always = scripted([status(401), status(401), status(401)]);
    expect(await failureOfRead(always.read)).toEqual({ kind: "oura_refused", status: 401 });
    expect(always.seen.replaced).toBe(1);
  });

  it("waits as long as Oura says if the call has enough time", async () => {
    const { seen, read } = scripted([status(429, {}, { "retry-after": "5" }), status(200, { ok: true })]);
    expect(await read()).toEqual({ ok: true });
    expect(seen.waits).toEqual([5_000]);
  });

  it.each<[Record<string, string>, number | null]>([
    [{ "retry-after": "120" }, 120],
    [{}, null],
    [{ "retry-after": "soon" }, null],
    // By Oura's clock, which may differ from ours by years.
    [{ "retry-after": "Fri, 01 Jan 2039 00:02:00 GMT", date: "Fri, 01 Jan 2039 00:00:00 GMT" }, 120],
    [{ "retry-after": "Fri, 01 Jan 2039 00:02:00 GMT" }, null],
  ])("otherwise says when to retry: %j", async (headers, retryAfterSeconds) => {
    const { seen, read } = scripted([status(429, {}, headers)]);
    expect(await failureOfRead(read)).toEqual({ kind: "oura_rate_limited", retryAfterSeconds });
    expect(seen.waits).toEqual([]);
  });

  it.each([
    ["an answer", 200, 40],
    ["a refusal", 401, 6],
  ])("aborts %s that is far too long without reading all of it", async (_name, code, most) => {
    let sent = 0;
    const endless = () => {
      const megabyte = new Uint8Array(1_000_000).fill(32);
      const pull = (controller: ReadableByteStreamController) => {
        sent += 1;
        controller.enqueue(megabyte.slice());
      };
      return new Response(new ReadableStream({ type: "bytes", pull }), { status: code }); // network bodies are byte streams
    };
    const { read } = scripted([endless(), endless(), endless()]);
    expect(await failureOfRead(read)).toEqual({ kind: "oura_malformed" });
    expect(sent).toBeLessThan(most);
  });

  it("asks not to follow redirects, which would carry the token elsewhere, and takes one as a failure", async () => {
    const redirect = () => new Response(null, { status: 302, headers: { location: "https://elsewhere.test/" } });
    const { seen, read } = scripted([redirect(), redirect(), redirect()]);
    expect(await failureOfRead(read)).toEqual({ kind: "oura_unavailable", status: 302 });
    expect(seen.inits.map(({ redirect }) => redirect)).toEqual(["manual", "manual", "manual"]);
  });

  it("does not call a bug of its own an unreachable Oura", async () => {
    // Reading in larger pieces needs a byte stream, which every body from the network is.
    const { seen, read } = scripted([new Response(new ReadableStream({ pull: () => {} }))]);
    await expect(failureOfRead(read)).rejects.toThrow(TypeError);
    expect(seen.urls).toHaveLength(1);
    expect(seen.waits).toEqual([]);
  });

  it("tries again when the connection breaks while the answer is read", async () => {
    const broken = () =>
      new Response(
        new ReadableStream({ type: "bytes", pull: (controller) => controller.error(new Error("connection lost")) }),
      );
    const { seen, read } = scripted([broken(), broken(), broken()]);
    expect(await failureOfRead(read)).toEqual({ kind: "oura_unavailable", status: null });
    expect(seen.urls).toHaveLength(3);
  });

  it("makes no more requests than the call may make", async () => {
    const budget = createCallBudget(() => 0, null, 2);
    budget.spendRequest();
    budget.spendRequest();
    expect(() => budget.spendRequest()).toThrow("call_budget_spent");
  });
});

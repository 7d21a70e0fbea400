import "../../sandbox/clock/sandbox-clock.ts";
import { DurableObject } from "cloudflare:workers";
import * as z from "zod";
import { RingAgent as ProductAgent } from "../../sandbox/clock/clocked-agent.ts";
import type { Bindings } from "../../src/bindings.ts";
import { publish } from "../../src/mcp/mcp-server.ts";
import { fetchOura } from "../../src/oura/fetch-oura.ts";
import { defineTool } from "../../src/question/define-tool.ts";
import { startWorker } from "../../src/worker.ts";
import { countAsBatch, countKv, countObjectStorage, takeStorageCounts } from "./storage-counts.ts";

/**
 * The product with instruments for measuring; never deployed. It adds a tool that does nothing (the minimum cost of a
 * call), counters for all storage, a switch that clears the answer cache before each call, and an object that does
 * nothing.
 */
export { Registry } from "../../src/registry/registry.ts";

const noOp = defineTool({
  name: "oura_no_op",
  title: "Nothing",
  description: "Does nothing.",
  input: z.strictObject({}),
  output: {},
  scopes: ["daily"],
  days: null,
  reads: () => ({}),
  answer: () => ({ summary: "Nothing was done." }),
});

/** Whether every call starts with an empty cache. */
let forgetful = false;
/** Whether agents answer with {@link fixedAnswer} and do nothing else. */
let mute = false;
const summary = "Nothing was asked. ".repeat(60); // as long as a usual answer
const fixedAnswer = { jsonrpc: "2.0", id: 1, result: { content: [], structuredContent: { summary } } };

export class RingAgent extends ProductAgent {
  constructor(context: DurableObjectState, env: Bindings) {
    countObjectStorage(context.storage);
    super(context, env);
    this.parts.extraTools = [publish(noOp)];
    this.parts.share = { spend() {} }; // the bench makes more requests in five minutes than one account may
  }

  override answer(...parameters: Parameters<ProductAgent["answer"]>): ReturnType<ProductAgent["answer"]> {
    if (mute) return Promise.resolve({ ok: true, value: Response.json(fixedAnswer) });
    if (forgetful) this.parts.cache.clear();
    return super.answer(...parameters);
  }

  override flush(): void {
    countAsBatch(() => super.flush());
  }

  sleep(): void {
    this.ctx.abort("sleeps for the bench");
  }
}

/** An object that does nothing, to compare the agent with. */
export class BareObject extends DurableObject<Bindings & { OURA_API_URL: string }> {
  touch(): void {
    this.ctx.storage.kv.put("touched", true);
  }

  nothing(): void {}

  /** Makes `requests` simultaneous requests to Oura, ignores their answers, then answers. */
  async pass(_request: Request, requests: number): Promise<Response> {
    const address = `${this.env.OURA_API_URL}/v2/usercollection/personal_info`;
    await Promise.all(Array.from({ length: requests }, async () => (await fetchOura(address)).text()));
    return new Response("{}", { headers: { "content-type": "application/json" } });
  }
}

interface BenchBindings extends Bindings {
  RING_AGENT: DurableObjectNamespace<RingAgent>;
  BARE_OBJECT: DurableObjectNamespace<BareObject>;
}

const ringbridge = startWorker();

export default {
  async fetch(request: Request, env: BenchBindings, context: ExecutionContext): Promise<Response> {
    countKv(env.OAUTH_KV);
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/bench/storage":
        return Response.json(takeStorageCounts());
      case "/bench/forgetful":
        forgetful = searchParams.get("on") === "true";
        return new Response();
      case "/bench/mute":
        mute = searchParams.get("on") === "true";
        return new Response();
      case "/bench/sleep":
        await env.RING_AGENT.getByName(searchParams.get("name") ?? "")
          .sleep()
          .catch(() => {});
        return new Response();
      case "/bench/nothing":
        return new Response();
      case "/bench/path":
        return env.BARE_OBJECT.getByName("path").pass(request, Number(searchParams.get("requests") ?? 0));
      case "/bench/page":
        for (let read = Number(searchParams.get("kv")); read > 0; read -= 1) await env.OAUTH_KV.get("token:nobody");
        for (let call = Number(searchParams.get("objects")); call > 0; call -= 1)
          await env.BARE_OBJECT.getByName("page").nothing();
        return new Response();
      case "/bench/bare":
        await env.BARE_OBJECT.getByName(searchParams.get("name") ?? "").touch();
        return new Response();
      default:
        return ringbridge.fetch(request, env, context);
    }
  },
};

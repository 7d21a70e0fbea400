import { callTool } from "./mcp-call.ts";
import { type CallFigures, measureCalls } from "./measure-calls.ts";
import { prepareVisitor } from "./oauth.ts";
import { noOp } from "./questions.ts";
import type { Runtime } from "./runtime.ts";

const repetitions = 40;

/** A request with the CPU time of the platform's own part, which is to be subtracted. */
export interface WorkerFigures extends CallFigures {
  platformCpu: number;
}

/**
 * CPU of the worker apart from the agent's: the free plan allows it 10 ms for a request, and an agent 30 s. Worker and agents
 * run in one process here, so the agents answer MCP requests with a fixed text while this measures. What is left of an agent
 * is the reading of one stored token. A request without Ringbridge, with as many reads of KV and calls of objects, tells the
 * platform's part. Pages of somebody who is signed in still include what their agent reads for them.
 */
export async function measureWorkerAlone(runtime: Runtime, token: string): Promise<WorkerFigures[]> {
  await runtime.setMute(true);
  const call = await measureCalls(runtime, { tool: "/mcp", what: "an MCP tool call" }, repetitions, () =>
    callTool(runtime.origin, token, noOp.tool, {}),
  );
  await runtime.setMute(false);
  const figures = [{ ...call, platformCpu: await measurePlatformOf(runtime, { kv: 0, objects: 1 }) }];
  const { open, consentPage } = await preparePages(runtime);
  const none = { kv: 0, objects: 0 };
  const pages: [path: string, what: string, address: string, uses: Uses][] = [
    ["/", "the start page", "/", none],
    ["/mcp", "page that a browser gets at the MCP endpoint", "/mcp", none],
    ["/help", "the help page", "/help", none],
    ["/privacy", "the privacy page", "/privacy", none],
    ["/sign-in", "the sign-in page", "/sign-in", none],
    ["/panel", "a signed-in person's own page", "/panel", { kv: 0, objects: 1 }],
    ["/authorize", "the consent page of a signed-in person", consentPage, { kv: 2, objects: 3 }],
    ["/.well-known/…", "the OAuth metadata", "/.well-known/oauth-authorization-server", none],
  ];
  for (const [tool, what, address, uses] of pages) {
    const page = await measureCalls(runtime, { tool, what }, repetitions, () => open(address));
    figures.push({ ...page, platformCpu: await measurePlatformOf(runtime, uses) });
  }
  return figures;
}

/** Reads of KV and requests to objects; those of each route are in the counted table of docs/security.md. */
interface Uses {
  kv: number;
  objects: number;
}

async function measurePlatformOf(runtime: Runtime, { kv, objects }: Uses): Promise<number> {
  const figures = await measureCalls(runtime, { tool: "platform", what: "" }, repetitions, async () => {
    const started = performance.now();
    const text = await (await fetch(`${runtime.origin}/bench/page?kv=${kv}&objects=${objects}`)).text();
    return { milliseconds: performance.now() - started, wireBytes: text.length, answerBytes: 0 };
  });
  return figures.cpuMilliseconds;
}

/** Opens pages as somebody who is signed in and registered. */
async function preparePages(runtime: Runtime) {
  const { visitor, consentPage } = await prepareVisitor(runtime);
  async function open(address: string) {
    const started = performance.now();
    const headers = { accept: "text/html", cookie: visitor.cookies() };
    const page = await fetch(new URL(address, runtime.origin), { headers, redirect: "manual" });
    const text = await page.text();
    if (page.status >= 400) throw new Error(`${address} answered ${page.status}`);
    return { milliseconds: performance.now() - started, wireBytes: text.length, answerBytes: 0 };
  }
  return { open, consentPage };
}

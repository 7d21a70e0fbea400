import { createVisitor } from "../../sandbox/visitor.ts";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { callTool } from "./mcp-call.ts";
import { type CallFigures, measureCalls } from "./measure-calls.ts";
import { redirectUri } from "./people.ts";
import { noOp } from "./questions.ts";
import type { Runtime } from "./runtime.ts";

const repetitions = 40;

/**
 * CPU of the worker apart from the agent's: the free plan allows it 10 ms for a request, and an agent 30 s. Worker and agents
 * run in one process here, so the agents answer MCP requests with a fixed text while this measures. What is left of an agent
 * is the reading of one stored token. The work of the platform alone is measured in the same way (`measurePlatform`), and
 * is to be subtracted. Pages of somebody who is signed in include what their agent reads for them.
 */
export async function measureWorkerAlone(runtime: Runtime, token: string): Promise<CallFigures[]> {
  await runtime.setMute(true);
  const call = await measureCalls(runtime, { tool: "/mcp", what: "a tool call" }, repetitions, () =>
    callTool(runtime.origin, token, noOp.tool, {}),
  );
  await runtime.setMute(false);
  const { open, consentPage } = await prepareVisitor(runtime);
  const pages: [path: string, what: string, address: string][] = [
    ["/", "start page", "/"],
    ["/mcp", "page at the endpoint", "/mcp"],
    ["/help", "help", "/help"],
    ["/privacy", "privacy", "/privacy"],
    ["/sign-in", "sign-in", "/sign-in"],
    ["/panel", "panel, signed in", "/panel"],
    ["/authorize", "consent page, signed in", consentPage],
    ["/.well-known/…", "OAuth metadata", "/.well-known/oauth-authorization-server"],
  ];
  const figures = [call];
  for (const [tool, what, address] of pages)
    figures.push(await measureCalls(runtime, { tool, what }, repetitions, () => open(address)));
  return figures;
}

/** Somebody who is signed in and registered, and the address of their consent page. */
async function prepareVisitor({ origin }: Runtime) {
  const visitor = createVisitor({ origin });
  const server = await discover(visitor);
  await createAccount(visitor);
  await register(visitor);
  const client = await registerClient(visitor, server, { name: "Bench", redirectUri });
  const consent = new URL(server.authorizationEndpoint);
  consent.search = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: "bench",
    code_challenge: "0".repeat(43),
    code_challenge_method: "S256",
    resource: server.resource,
  }).toString();
  async function open(address: string) {
    const started = performance.now();
    const headers = { accept: "text/html", cookie: visitor.cookies() };
    const page = await fetch(new URL(address, origin), { headers, redirect: "manual" });
    const text = await page.text();
    if (page.status >= 400) throw new Error(`${address} answered ${page.status}`);
    return { milliseconds: performance.now() - started, wireBytes: text.length, answerBytes: 0 };
  }
  return { open, consentPage: consent.href };
}

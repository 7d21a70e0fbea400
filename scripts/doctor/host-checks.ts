import { z } from "zod";
import { broken, type Check, type Deployment, type Finding, fine, warning } from "./check.ts";

/** Checks of what assistants' own programs meet: switches in front of the worker that keep programs out, and documents. */
export const hostChecks: readonly Check[] = [
  { name: "programs of assistants", run: askAsPrograms },
  { name: "client documents", run: tryDocuments },
];

/** Programs by which assistants ask, as they name themselves. Bot walls go by these names. */
const programs: readonly { host: string; userAgent: string }[] = [
  {
    host: "Claude",
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
  },
  { host: "Claude (its connectors)", userAgent: "python-httpx/0.28.1" },
  {
    host: "ChatGPT",
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot)",
  },
  { host: "ChatGPT (its connectors)", userAgent: "openai-mcp/1.0.0" },
  { host: "Claude Code", userAgent: "claude-code/2.1.332 (cli)" },
  { host: "programs on Node", userAgent: "node" },
];

/** What a program asks for before anybody signs in, and the status it needs. */
const firstSteps: readonly { path: string; init?: RequestInit; status: number }[] = [
  { path: "/mcp", init: { method: "POST", body: "{}" }, status: 401 },
  { path: "/.well-known/oauth-protected-resource/mcp", status: 200 },
  { path: "/.well-known/oauth-authorization-server", status: 200 },
];

async function askAsPrograms({ ask }: Deployment): Promise<Finding> {
  const refused: string[] = [];
  for (const { host, userAgent } of programs) {
    for (const { path, init, status } of firstSteps) {
      const headers = { ...init?.headers, "user-agent": userAgent };
      const response = await ask(path, { ...init, headers });
      await response?.body?.cancel();
      if (response?.status === status) continue;
      refused.push(`${host} at ${path} (${response?.status ?? "no answer"})`);
      break;
    }
  }
  if (refused.length === 0)
    return fine("none is kept out by its name; a wall that goes by addresses cannot be seen from here");
  return broken(
    `refused: ${refused.join(", ")}`,
    "Something in front of the worker keeps programs out. In Cloudflare's dashboard, skip Bot Fight Mode, Block AI bots, Browser Integrity Check and WAF rules for this host name.",
  );
}

/** Documents by which assistants name themselves, each with a redirect address that it lists. */
const documents: readonly { host: string; address: string }[] = [
  { host: "Claude Code", address: "https://claude.ai/oauth/claude-code-client-metadata" },
  { host: "Codex", address: "https://chatgpt.com/oauth/codex/client.json" },
  { host: "GitHub Copilot CLI", address: "https://github.com/copilot/cli/client-metadata.json" },
  { host: "opencode", address: "https://opencode.ai/oauth/opencode/client.json" },
];

const offer = z.object({ client_id_metadata_document_supported: z.boolean().default(false) });

/** The server itself reads the document when an assistant begins to sign in, so its answer shows whether it can. */
async function tryDocuments({ origin, ask }: Deployment): Promise<Finding> {
  const metadata = offer.safeParse(
    await (await ask("/.well-known/oauth-authorization-server"))?.json().catch(() => null),
  );
  if (!metadata.data?.client_id_metadata_document_supported) {
    return fine("not offered here, so assistants register instead and none has to be read");
  }
  const unread: string[] = [];
  let isReadableHere = false;
  for (const { host, address } of documents) {
    const page = await ask(`/authorize?${requestOf(address, origin)}`);
    if (page?.status === 429)
      return warning("not tried: asked too often within a minute", "Run this again in a minute.");
    if (!/document[^<]* could not be read/.test((await page?.text()) ?? "")) continue;
    unread.push(host);
    isReadableHere ||= (await ask(address))?.status === 200;
  }
  if (unread.length === 0) return fine(`the server reads those of ${documents.map(({ host }) => host).join(", ")}`);
  return warning(
    `the server cannot read those of ${unread.join(", ")}; ${
      isReadableHere ? "this computer can" : "nor can this computer, which may have no Internet access"
    }`,
    "These assistants cannot sign in. If it stays so, set CLIENT_DOCUMENTS to off: assistants then register instead.",
  );
}

/** The parameters of an authorization request. Nobody continues it. */
function requestOf(document: string, origin: string): URLSearchParams {
  return new URLSearchParams({
    response_type: "code",
    client_id: document,
    redirect_uri: "http://localhost/callback",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", // the example of RFC 7636
    code_challenge_method: "S256",
    state: "doctor",
    resource: `${origin}/mcp`,
  });
}

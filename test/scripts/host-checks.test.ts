import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { type Deployment, type Finding, openDeployment } from "../../scripts/doctor/check.ts";
import { hostChecks } from "../../scripts/doctor/host-checks.ts";
import authorizationProblem from "../../src/auth/authorization-problem.tsx?raw";

/** What the checks say of a server that answers in this way. This computer reaches nothing else. */
async function check(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Finding[]> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo; // a TCP server has a port
  const deployment = openDeployment(`http://127.0.0.1:${port}`, null);
  const ask: Deployment["ask"] = async (path, init) => (path.startsWith("/") ? deployment.ask(path, init) : null);
  return Promise.all(hostChecks.map(({ run }) => run({ ...deployment, ask })));
}

/** Answers as the product does, apart from `/authorize`. */
function answerMetadata(request: IncomingMessage, response: ServerResponse, offersDocuments: boolean): boolean {
  if (request.url === "/mcp") response.writeHead(401).end();
  else if (request.url?.startsWith("/.well-known/"))
    response.writeHead(200).end(JSON.stringify({ client_id_metadata_document_supported: offersDocuments }));
  else return false;
  return true;
}

it("finds nothing wrong where every program is let in and no documents are read", async () => {
  const findings = await check((request, response) => void answerMetadata(request, response, false));
  expect(findings).toMatchObject([
    { kind: "fine", says: expect.stringContaining("none is kept out by its name") },
    { kind: "fine", says: expect.stringContaining("assistants register instead") },
  ]);
});

it("names the programs that a wall in front of the worker refuses, and the switches to skip", async () => {
  const [programs] = await check((request, response) => {
    if (/Claude-User/.test(request.headers["user-agent"] ?? "")) response.writeHead(403).end("blocked");
    else if (/openai/.test(request.headers["user-agent"] ?? "") && request.url !== "/mcp")
      response.writeHead(503).end();
    else answerMetadata(request, response, false);
  });
  expect(programs).toMatchObject({
    kind: "broken",
    says: expect.stringContaining("Claude at /mcp (403)"),
    fix: expect.stringContaining("Block AI bots"),
  });
  expect(programs?.says).toContain("ChatGPT (its connectors) at /.well-known/oauth-protected-resource/mcp (503)");
  expect(programs?.says).not.toContain("Claude Code at");
});

it("says which documents the server reads, by asking it to sign somebody in", async () => {
  const [, documents] = await check((request, response) => {
    if (answerMetadata(request, response, true)) return;
    const asked = new URL(request.url ?? "", "http://localhost").searchParams;
    expect(asked.get("redirect_uri")).toBe("http://localhost/callback");
    if (asked.get("client_id")?.includes("claude.ai")) {
      const words = /The document[^<]*could not be read/.exec(authorizationProblem)?.[0]; // the page's own
      response.writeHead(400).end(`<p>${words}</p>`);
    } else response.writeHead(302, { location: "/sign-in" }).end();
  });
  expect(documents).toMatchObject({
    kind: "warning",
    says: "the server cannot read those of Claude Code; nor can this computer, which may have no Internet access",
    fix: expect.stringContaining("CLIENT_DOCUMENTS"),
  });
  const [, readable] = await check((request, response) => {
    if (!answerMetadata(request, response, true)) response.writeHead(302, { location: "/sign-in" }).end();
  });
  expect(readable).toMatchObject({ kind: "fine", says: expect.stringContaining("Codex, GitHub Copilot CLI") });
});

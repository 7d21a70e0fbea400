import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { fetchWith } from "../support/wire.ts";

const site = "https://bridge.test";
const get = (path: string, settings: Record<string, string> = {}) =>
  fetchWith({ PUBLIC_URL: site, ...settings }, new Request(`${site}${path}`));

describe("programs that look for servers", () => {
  it("find the address, what it is and the pages in llms.txt", async () => {
    const response = await get("/llms.txt");
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    const text = await response.text();
    expect(text).toMatch(/^# Ringbridge\n\n> Ask your assistant about your Ōura Ring/);
    for (const path of ["/mcp", "/help", "/privacy", "/terms"]) expect(text).toContain(`](${site}${path})`);
    for (const [, address = ""] of text.matchAll(/\]\(([^)]+)\)/g)) {
      const page = new Request(address, { headers: { accept: "text/html" } });
      expect([address, (await fetchWith({ PUBLIC_URL: site }, page)).status]).toEqual([address, 200]);
    }
  });

  it("find the endpoint by the host alone", async () => {
    const response = await get("/.well-known/mcp/server-card.json");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(await response.json()).toMatchObject({
      name: "test.bridge/ringbridge",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      remotes: [{ type: "streamable-http", url: `${site}/mcp` }],
    });
  });
});

describe("a proof for a directory", () => {
  it.each([
    ["/.well-known/mcp-registry-auth", "MCP_REGISTRY_PROOF", "v=MCPv1; k=ed25519; p=AAAA"],
    ["/.well-known/openai-apps-challenge", "OPENAI_CHALLENGE", "token-of-the-directory"],
  ])("is at %s as it was set, and nowhere when it is not set", async (path, setting, proof) => {
    const response = await get(path, { [setting]: proof });
    expect([response.status, await response.text()]).toEqual([200, proof]);
    const unset = await exports.default.fetch(`http://localhost${path}`);
    expect(unset.status).toBe(404);
    await unset.text();
  });
});

import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createWorker } from "../src/worker.ts";

it("answers health checks", async () => {
  const response = await exports.default.fetch("http://localhost/health");
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ok", configured: true });
});

describe("without settings", () => {
  const bare = { ...env, OURA_CLIENT_ID: undefined, TOKEN_KEYS: "k1:not-a-key" };
  const get = (path: string) =>
    createWorker().fetch(new Request(`http://localhost${path}`), bare, createExecutionContext());

  it.each(["/", "/help", "/privacy", "/terms", "/assets/style.css"])("still serves %s", async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  it("reports in /health that it is not configured", async () => {
    expect(await (await get("/health")).json()).toMatchObject({ configured: false });
  });

  it.each(["/panel", "/sign-in", "/authorize", "/mcp", "/oauth/token", "/.well-known/oauth-authorization-server"])(
    "answers 503 at %s, naming the settings and never their values",
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(503);
      const text = await response.text();
      expect(text).toContain("OURA_CLIENT_ID, TOKEN_KEYS");
      expect(text).toContain("npm start");
      expect(text).not.toContain("not-a-key");
    },
  );
});

describe("its host name", () => {
  const get = (url: string, settings: object = {}, method = "GET") =>
    createWorker().fetch(new Request(url, { method }), { ...env, ...settings }, createExecutionContext());

  it("is localhost here: 127.0.0.1 is redirected there, other names get 421", async () => {
    expect((await get("http://127.0.0.1:1234/help?x=1")).headers.get("location")).toBe(
      "http://localhost:1234/help?x=1",
    );
    for (const url of ["http://evil.test/help", "http://127.0.0.1.evil.test/"]) {
      const response = await get(url);
      expect(response.status).toBe(421);
      expect(await response.text()).not.toContain("evil");
    }
    expect((await get("http://127.0.0.1:1234/mcp", {}, "POST")).status).toBe(421);
  });

  it("is exactly localhost: a name that begins or ends with it is refused", async () => {
    for (const host of ["localhost.evil.test", "localhostile.test:8787", "evil.localhost", "localhost.:8787"]) {
      expect([host, (await get(`http://${host}/help`)).status]).toEqual([host, 421]);
    }
  });

  it("is that of PUBLIC_URL if set", async () => {
    const settings = { PUBLIC_URL: "https://bridge.test" };
    expect((await get("https://bridge.test/health", settings)).status).toBe(200);
    expect((await get("https://preview.workers.dev/health", settings)).status).toBe(421);
    expect((await get("http://bridge.test/help", settings)).headers.get("location")).toBe("https://bridge.test/help");
    expect((await get("http://localhost/health", settings)).status).toBe(421);
  });
});

describe("a request body above the limit", () => {
  const large = "a".repeat(128 * 1024 + 1);
  const paths = [
    "/mcp",
    "/oauth/token",
    "/oauth/register",
    "/authorize",
    "/sign-in/key",
    "/sign-in/passkey",
    "/operator",
  ];

  it.each(paths)("is refused at %s, with or without a content length", async (path) => {
    const sized = await exports.default.fetch(`http://localhost${path}`, {
      method: "POST",
      body: large,
      headers: { "content-length": `${large.length}`, "cf-connecting-ip": "10.6.6.6" },
    });
    expect(sized.status).toBe(413);
    const chunked = await exports.default.fetch(`http://localhost${path}`, {
      method: "POST",
      body: new Blob([large.slice(0, 100_000), large]).stream(),
      headers: { "cf-connecting-ip": "10.6.6.6" },
    });
    expect(chunked.status).toBe(413);
    expect(await chunked.text()).toContain("larger than 128 kB");
  });

  it("is refused as a stream of unknown size", async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(1_024).fill(97));
        if (sent === 1_024) controller.close();
      },
    });
    const headers = { "cf-connecting-ip": "10.6.6.8" };
    const response = await exports.default.fetch("http://localhost/sign-in/key", { method: "POST", body, headers });
    expect(response.status).toBe(413);
  });

  it("is at least one byte above an accepted body", async () => {
    const response = await exports.default.fetch("http://localhost/sign-in/key", {
      method: "POST",
      body: `key=${large.slice(5)}`,
      headers: {
        origin: "http://localhost",
        "content-type": "application/x-www-form-urlencoded",
        "cf-connecting-ip": "10.6.6.7",
      },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("No account has this key");
  });
});

describe("a client id or token longer than any valid one", () => {
  const long = "a".repeat(600);

  it("is refused as unknown, without a server error", async () => {
    const mcp = await exports.default.fetch("http://localhost/mcp", {
      method: "POST",
      headers: { authorization: `Bearer ${long}:${long}:${long}` },
    });
    expect(mcp.status).toBe(401);
    const token = await exports.default.fetch("http://localhost/oauth/token", {
      method: "POST",
      body: new URLSearchParams({ grant_type: "authorization_code", client_id: long, code: `${long}:${long}:${long}` }),
    });
    expect(token.status).toBe(401);
    const page = await exports.default.fetch(`http://localhost/authorize?response_type=code&client_id=${long}`);
    expect(page.status).toBe(400);
  });
});

describe("every page", () => {
  it.each(["/", "/help", "/privacy", "/terms", "/sign-in", "/create-account", "/nowhere"])(
    "%s cannot be framed, sniffed or scripted from elsewhere",
    async (path) => {
      const response = await exports.default.fetch(`http://localhost${path}`);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("x-frame-options")).toBe("DENY");
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
      expect(await response.text()).not.toMatch(/<script>|style="|onclick/);
    },
  );
});

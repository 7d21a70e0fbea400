import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { discover, registerClient } from "../../sandbox/walk.ts";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { headerText, hostileJson, hostileText } from "./hostile.ts";
import { expectSound, watchFaults } from "./invariants.ts";
import { runsOf, timeoutOf } from "./plan.ts";
import { sendAs } from "./senders.ts";

const watch = watchFaults();
const redirectUri = "http://127.0.0.1:4711/callback";
let assistant: Assistant;
let clientId: string;

beforeAll(async () => {
  assistant = await connectAssistant();
  const server = await discover(assistant.browser);
  ({ clientId } = await registerClient(assistant.browser, server, { name: "Fuzz", redirectUri }));
});

afterAll(() => watch.stop());

type Changes = [name: string, value: string | null, again: boolean][];

/** Parameters to set, to repeat, or (null) to omit. */
function changesOf(names: readonly string[]): fc.Arbitrary<Changes> {
  const name = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: hostileText });
  return fc.array(fc.tuple(name, fc.oneof(fc.constant(null), hostileText, headerText), fc.boolean()), { maxLength: 4 });
}

function changed(usual: Record<string, string>, changes: Changes): URLSearchParams {
  const query = new URLSearchParams(usual);
  for (const [name, value, again] of changes) {
    if (value === null) query.delete(name);
    else if (again) query.append(name, value);
    else query.set(name, value);
  }
  return query;
}

/** Checks that a redirect leads to our origin, the client's registered address or Oura. */
function expectKnownTarget(response: Response): void {
  const location = response.headers.get("location");
  if (location === null) return;
  const { origin: target, pathname } = new URL(location, origin);
  expect([origin, "https://oura.test", "http://127.0.0.1:4711"], location.slice(0, 200)).toContain(target);
  if (target === "http://127.0.0.1:4711") expect(pathname).toBe("/callback");
}

describe("the authorization server", () => {
  it("answers any authorization request with a page or a known redirect", { timeout: timeoutOf() }, async () => {
    const usual = () => ({
      response_type: "code",
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: "daily offline_access",
      state: "s",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
      resource: `${origin}/mcp`,
    });
    const names = [...Object.keys(usual()), "response_mode", "prompt", "nonce", "request", "request_uri", "login_hint"];
    await fc.assert(
      fc.asyncProperty(changesOf(names), fc.boolean(), async (changes, signedIn) => {
        const response = await sendAs(
          signedIn ? assistant.browser.cookies() : null,
          `/authorize?${changed(usual(), changes)}`,
          {
            method: "GET",
          },
        );
        await expectSound(response);
        expectKnownTarget(response);
      }),
      runsOf("authorization requests"),
    );
    expect(watch.faults).toEqual([]);
  });

  it("answers any client registration without server errors, and shows the client's name as text", {
    timeout: timeoutOf(),
  }, async () => {
    const uri = fc.oneof(
      fc.constantFrom(
        redirectUri,
        "https://a.test/cb",
        "javascript:alert(1)",
        "cursor://x/cb",
        "http://evil.test/",
        "https://a.test/#f",
        "//a",
      ),
      hostileText,
      hostileJson,
    );
    const metadata = fc.record(
      {
        redirect_uris: fc.oneof(
          { weight: 3, arbitrary: fc.constant([redirectUri]) },
          { weight: 2, arbitrary: fc.array(uri, { maxLength: 5 }) },
          { weight: 1, arbitrary: hostileJson },
        ),
        client_name: fc.oneof(hostileText, hostileJson),
        client_uri: fc.oneof(hostileText, hostileJson),
        logo_uri: fc.oneof(hostileText, hostileJson),
        grant_types: fc.oneof(fc.constant(["authorization_code", "refresh_token"]), hostileJson),
        response_types: fc.oneof(fc.constant(["code"]), hostileJson),
        token_endpoint_auth_method: fc.oneof(
          fc.constantFrom("none", "client_secret_basic", "private_key_jwt"),
          hostileJson,
        ),
        scope: fc.oneof(hostileText, hostileJson),
        contacts: hostileJson,
        jwks: hostileJson,
        jwks_uri: hostileText,
        application_type: fc.oneof(fc.constantFrom("native", "web"), hostileJson),
        software_statement: hostileJson,
      },
      { requiredKeys: ["redirect_uris"] },
    );
    const body = fc.oneof({ weight: 8, arbitrary: metadata }, { weight: 1, arbitrary: hostileJson });
    await fc.assert(
      fc.asyncProperty(body, async (json) => {
        const response = await sendAs(null, "/oauth/register", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(json) ?? "",
        });
        const text = await expectSound(response);
        if (response.status !== 201) return;
        const registered = z
          .looseObject({ client_id: z.string(), redirect_uris: z.array(z.string()) })
          .parse(JSON.parse(text));
        for (const address of registered.redirect_uris) expect(address).not.toMatch(/^javascript:|^http:\/\/evil/i);
        const query = new URLSearchParams({
          response_type: "code",
          client_id: registered.client_id,
          redirect_uri: registered.redirect_uris[0] ?? "",
          code_challenge: "x".repeat(43),
          code_challenge_method: "S256",
          resource: `${origin}/mcp`,
        });
        const consent = await sendAs(assistant.browser.cookies(), `/authorize?${query}`, { method: "GET" });
        const html = await expectSound(consent);
        expect(html).not.toMatch(/<script>|<img|onerror=alert\(1\)>/);
      }),
      runsOf("client registrations"),
    );
    expect(watch.faults).toEqual([]);
  });

  it("answers any token request with tokens or an OAuth error", { timeout: timeoutOf() }, async () => {
    const usual = () => ({
      grant_type: "authorization_code",
      code: assistant.tokens.access_token.split(":").slice(0, 2).concat("x".repeat(32)).join(":"),
      redirect_uri: redirectUri,
      client_id: clientId,
      code_verifier: "v".repeat(43),
      resource: `${origin}/mcp`,
    });
    const names = [
      ...Object.keys(usual()),
      ...["refresh_token", "token", "token_type_hint", "client_secret", "client_assertion", "client_assertion_type"],
      ...["subject_token", "subject_token_type", "audience", "scope", "assertion"],
    ];
    const kinds = fc.constantFrom(
      ...["authorization_code", "refresh_token", "client_credentials", "password", ""],
      ...["urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
    );
    const type = fc.oneof(
      { weight: 8, arbitrary: fc.constant("application/x-www-form-urlencoded") },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "application/json",
          "multipart/form-data",
          "multipart/form-data; boundary=a",
          "text/plain",
          "",
        ),
      },
    );
    const basic = fc.option(
      fc.oneof(
        headerText,
        hostileText.map((text) => `Basic ${btoa(text.replace(/[^\x20-\x7e]/g, ""))}`),
        fc.constant("Basic !!!"),
      ),
      { freq: 3 },
    );
    await fc.assert(
      fc.asyncProperty(changesOf(names), kinds, type, basic, async (changes, kind, contentType, authorization) => {
        const form = changed(usual(), changes);
        if (kind) form.set("grant_type", kind);
        else form.delete("grant_type");
        const response = await sendAs(null, "/oauth/token", {
          method: "POST",
          headers: { "content-type": contentType, ...(authorization === null ? {} : { authorization }) },
          body: `${form}`,
        });
        const text = await expectSound(response);
        expect([200, 400, 401, 405, 413, 415, 429]).toContain(response.status);
        if (response.status === 200) expect(text).not.toContain("access_token");
      }),
      runsOf("token requests"),
    );
    expect(watch.faults).toEqual([]);
  });

  it("passes no forged token to an agent, however it is sent", { timeout: timeoutOf() }, async () => {
    const forged = fc.oneof(
      headerText.map((text) => `Bearer ${text}`),
      headerText,
      fc.tuple(fc.nat(80), headerText).map(([at, odd]) => {
        const token = assistant.tokens.access_token;
        return `Bearer ${token.slice(0, at)}${odd.slice(0, 3)}${token.slice(at + 1)}`;
      }),
      fc.constantFrom(`Bearer ${"a".repeat(600)}:b:c`, "Bearer ::", "Bearer a:b", "bearer", "Basic Og=="),
    );
    const path = fc.constantFrom("/mcp", "/mcp/", "/mcp?access_token=x", "/mcp/x", "//mcp", "/MCP", "/%6dcp");
    await fc.assert(
      fc.asyncProperty(
        forged,
        path,
        fc.constantFrom("POST", "GET", "DELETE", "OPTIONS"),
        async (authorization, at, method) => {
          fc.pre(authorization !== `Bearer ${assistant.tokens.access_token}`);
          const response = await sendAs(null, at, {
            method,
            headers: { authorization, "content-type": "application/json" },
            ...(method === "POST" ? { body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }) } : {}),
          });
          const text = await expectSound(response);
          expect(text).not.toContain("oura_get_");
        },
      ),
      runsOf("made-up tokens"),
    );
    expect(watch.faults).toEqual([]);
  });
});

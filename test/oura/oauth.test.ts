import { beforeEach, describe, expect, it } from "vitest";
import type { OuraConfig } from "../../src/config.ts";
import { fetchOura } from "../../src/oura/fetch-oura.ts";
import {
  authorizeUrl,
  checkApp,
  createPkcePair,
  exchangeCode,
  type OAuthDependencies,
  refreshTokens,
  revokeAtOura,
} from "../../src/oura/oauth.ts";
import { clock } from "../support/clock.ts";
import { resetSimulator } from "../support/product.ts";

const base = "https://oura.test/sandbox/oura";
const redirectUri = "http://localhost/oura/callback";

/** Oura runs two generations of its OAuth server; they differ by address. */
const generations = {
  new: {
    clientId: "sandbox-new",
    authorizeUrl: `${base}/oauth/v2/ext/oauth-authorize`,
    tokenUrl: `${base}/oauth/v2/ext/oauth-token`,
    revokeUrl: `${base}/oauth/v2/ext/oauth-revoke`,
  },
  legacy: {
    clientId: "sandbox-legacy",
    authorizeUrl: `${base}/oauth/authorize`,
    tokenUrl: `${base}/oauth/token`,
    revokeUrl: `${base}/oauth/revoke`,
  },
} as const;

function dependenciesOf(generation: keyof typeof generations): OAuthDependencies {
  const config: OuraConfig = { clientSecret: "sandbox-secret", apiUrl: base, ...generations[generation] };
  return { config, fetch: fetchOura, now: clock.now };
}

/** Submits Oura's page with `scopes` ticked and returns the redirect's parameters. */
async function allow(config: OuraConfig, scopes: string[], challenge: string): Promise<URLSearchParams> {
  const address = authorizeUrl(config, {
    redirectUri,
    state: "s",
    scopes: ["daily", "spo2", "stress", "ring_configuration"],
    codeChallenge: challenge,
  });
  const form = new URLSearchParams({ person: "everyday", decision: "allow" });
  for (const scope of scopes) form.append("scope", scope);
  const response = await fetchOura(address, { method: "POST", body: form, redirect: "manual" });
  return new URL(response.headers.get("location") ?? "none:").searchParams;
}

beforeEach(() => resetSimulator());

describe.each(["new", "legacy"] as const)("the %s generation", (generation) => {
  const dependencies = dependenciesOf(generation);

  async function connect() {
    const { verifier, challenge } = await createPkcePair();
    const returned = await allow(dependencies.config, ["daily", "spo2"], challenge);
    return { code: returned.get("code") ?? "", redirectUri, verifier };
  }

  it("gives tokens for a code once, with the scopes that were left ticked", async () => {
    const grant = await connect();
    const outcome = await exchangeCode(dependencies, grant);
    expect(outcome).toMatchObject({ kind: "tokens", tokens: { scopes: ["daily", "spo2"] } });
    if (outcome.kind === "tokens") expect(outcome.tokens.expiresAt).toBeGreaterThan(clock.now() + 86_000_000);
    expect(await exchangeCode(dependencies, grant)).toEqual({ kind: "refused" });
  });

  it("rotates refresh tokens and refuses a used one", async () => {
    const first = await exchangeCode(dependencies, await connect());
    const refreshToken = first.kind === "tokens" ? first.tokens.refreshToken : "";
    const second = await refreshTokens(dependencies, refreshToken);
    expect(second).toMatchObject({ kind: "tokens", tokens: { scopes: ["daily", "spo2"] } });
    expect(await refreshTokens(dependencies, refreshToken)).toEqual({ kind: "refused" });
  });

  it("refuses the tokens of a revoked grant", async () => {
    const outcome = await exchangeCode(dependencies, await connect());
    if (outcome.kind !== "tokens") throw new Error("no tokens");
    expect(await revokeAtOura(dependencies, outcome.tokens.accessToken)).toBe(true);
    expect(await revokeAtOura(dependencies, outcome.tokens.accessToken)).toBe(true); // revoking twice succeeds
    expect(await refreshTokens(dependencies, outcome.tokens.refreshToken)).toEqual({ kind: "refused" });
  });
});

describe("the requests", () => {
  const request = { redirectUri, state: "s", scopes: ["daily", "heart_health"], codeChallenge: "c" } as const;

  it("prefixes scopes and sends a challenge to the new generation only", () => {
    const modern = new URL(authorizeUrl(dependenciesOf("new").config, request)).searchParams;
    expect(modern.get("scope")).toBe("extapi:daily extapi:heart_health");
    expect(modern.get("code_challenge_method")).toBe("S256");
    const legacy = new URL(authorizeUrl(dependenciesOf("legacy").config, request)).searchParams;
    expect(legacy.get("scope")).toBe("daily heart_health");
    expect(legacy.has("code_challenge")).toBe(false);
  });

  it("have no secret, token or code in their address", async () => {
    const asked: string[] = [];
    const dependencies: OAuthDependencies = {
      ...dependenciesOf("new"),
      fetch: async (input) => {
        asked.push(String(input));
        return Response.json({});
      },
    };
    await exchangeCode(dependencies, { code: "c", redirectUri, verifier: "v" });
    await refreshTokens(dependencies, "refresh");
    await revokeAtOura(dependencies, "access");
    expect(asked.join()).not.toMatch(/secret|refresh|access|code=/);
  });
});

describe.each(["new", "legacy"] as const)("a wrong id or secret at the %s generation", (generation) => {
  const right = dependenciesOf(generation);

  it.each([{ clientSecret: "wrong" }, { clientId: "nobody" }])(
    "is a refused app, never an invalid grant: %j",
    async (wrong) => {
      let refusals = 0;
      const onAppRefused = () => {
        refusals += 1;
      };
      const refused = { ...right, config: { ...right.config, ...wrong }, onAppRefused };
      expect(await refreshTokens(refused, "any")).toEqual({ kind: "app_refused" });
      expect(await exchangeCode(refused, { code: "any", redirectUri, verifier: "v" })).toEqual({ kind: "app_refused" });
      expect(refusals).toBe(2);
    },
  );

  it("is found without anybody's tokens", async () => {
    expect(await checkApp(right)).toBe("accepted");
    expect(await checkApp({ ...right, config: { ...right.config, clientSecret: "wrong" } })).toBe("refused");
    expect(await checkApp({ ...right, fetch: async () => new Response("busy", { status: 503 }) })).toBe("unknown");
  });
});

it("counts a refused app as no revocation, and an access token that Oura does not know as one", async () => {
  const answers = (status: number, error: string) => ({
    ...dependenciesOf("new"),
    fetch: async () => Response.json({ error }, { status }),
  });
  expect(await revokeAtOura(answers(401, "invalid_client"), "access")).toBe(false);
  expect(await revokeAtOura(answers(401, "invalid_token"), "access")).toBe(true);
});

it("reads no endless answer to a revocation", async () => {
  let sent = 0;
  const pull = (controller: ReadableByteStreamController) => {
    sent += 1;
    controller.enqueue(new Uint8Array(50_000).fill(32));
  };
  const fetch = async () => new Response(new ReadableStream({ type: "bytes", pull }));
  const dependencies = { ...dependenciesOf("new"), fetch };
  expect(await revokeAtOura(dependencies, "access")).toBe(true); // its status alone says so
  expect(sent).toBeLessThan(20);
});

import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  ADDRESSES,
  authorizeAddress,
  CLIENT,
  connect,
  decide,
  exchange,
  type Generation,
  postToken,
  REDIRECT,
  refresh,
  tokenResponse,
} from "./browser.ts";
import { type OpenSimulator, ORIGIN, openSimulator } from "./open-simulator.ts";

const GENERATIONS: Generation[] = ["new", "legacy"];
const MIGRATED = { client_id: "sandbox-new", client_secret: "sandbox-secret" };

async function codeFor(simulator: OpenSimulator, parameters: Record<string, string> = {}): Promise<string | null> {
  return (await decide(simulator, authorizeAddress("new", parameters))).searchParams.get("code");
}

async function errorOf(response: Response): Promise<{ status: number; error: string; error_description: string }> {
  const { error, error_description } = z
    .object({ error: z.string(), error_description: z.string() })
    .parse(await response.json());
  return { status: response.status, error, error_description };
}

describe.each(GENERATIONS)("the %s token endpoint", (generation) => {
  it("returns an access token for a day, a refresh token and prefixed permissions", async () => {
    const simulator = await openSimulator();
    const tokens = await connect(simulator, generation);
    expect(tokens).toMatchObject({ expires_in: 86_400, scope: "extapi:daily extapi:heartrate" });
    expect((await simulator.get("daily_sleep", tokens.access_token)).status).toBe(200);
    expect((await simulator.get("tag", tokens.access_token)).status).toBe(401);
  });

  it("accepts a code once", async () => {
    const simulator = await openSimulator();
    const code = await codeFor(simulator);
    const [first, second] = await Promise.all([
      exchange(simulator, generation, code),
      exchange(simulator, generation, code),
    ]);
    expect([first?.status, second?.status].sort()).toEqual([200, 400]);
  });

  it("accepts a code for ten minutes", async () => {
    const simulator = await openSimulator("2026-10-07T16:00:00Z");
    const code = await codeFor(simulator);
    await simulator.setClock("2026-10-07T16:10:00Z");
    expect(await errorOf(await exchange(simulator, generation, code))).toMatchObject({ error: "invalid_grant" });
  });

  it("requires exactly the same redirect address", async () => {
    const simulator = await openSimulator();
    const code = await codeFor(simulator);
    const response = await exchange(simulator, generation, code, { redirect_uri: `${REDIRECT}/` });
    expect(await errorOf(response)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("rotates refresh tokens and reports the reuse of one", async () => {
    const simulator = await openSimulator();
    const { refresh_token } = await connect(simulator, generation);
    const renewed = tokenResponse.parse(await (await refresh(simulator, generation, refresh_token)).json());
    expect(renewed.scope).toBe("extapi:daily extapi:heartrate");
    expect(await errorOf(await refresh(simulator, generation, refresh_token))).toEqual({
      status: 400,
      error: "invalid_grant",
      error_description: "Refresh token already used.",
    });
    expect((await refresh(simulator, generation, renewed.refresh_token)).status).toBe(200);
  });

  it("accepts exactly one of several simultaneous refreshes", async () => {
    const simulator = await openSimulator();
    const { refresh_token } = await connect(simulator, generation);
    const burst = await Promise.all([1, 2, 3, 4, 5].map(() => refresh(simulator, generation, refresh_token)));
    expect(burst.filter((response) => response.status === 200)).toHaveLength(1);
  });

  it("accepts client id and secret by HTTP Basic", async () => {
    const simulator = await openSimulator();
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      code: (await codeFor(simulator)) ?? "",
      redirect_uri: REDIRECT,
    });
    const headers = { authorization: `Basic ${btoa("sandbox:sandbox-secret")}` };
    const response = await simulator.app.request(ORIGIN + ADDRESSES[generation].token, {
      method: "POST",
      body,
      headers,
    });
    expect(response.status).toBe(200);
  });

  it("refuses a wrong secret, another app's refresh token and other grant types", async () => {
    const simulator = await openSimulator();
    const { refresh_token } = await connect(simulator, generation);
    const wrongSecret = { ...CLIENT, client_secret: "guess" };
    expect((await errorOf(await refresh(simulator, generation, refresh_token, wrongSecret))).error).toBe(
      "invalid_client",
    );
    expect((await errorOf(await postToken(simulator, generation, { ...CLIENT, grant_type: "password" }))).error).toBe(
      "unsupported_grant_type",
    );
    // None of these requests used up the refresh token.
    expect((await refresh(simulator, generation, refresh_token)).status).toBe(200);
  });
});

describe("PKCE", () => {
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  // The pair of RFC 7636, appendix B.
  const s256 = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" };

  it.each([
    ["S256", s256],
    ["plain", { code_challenge: verifier }],
  ])("by %s accepts only the right verifier", async (_, challenge) => {
    const simulator = await openSimulator();
    for (const [code_verifier, status] of [
      ["wrong", 400],
      [verifier, 200],
    ] as const) {
      const code = await codeFor(simulator, challenge);
      expect((await exchange(simulator, "new", code, { code_verifier })).status).toBe(status);
    }
    expect((await exchange(simulator, "new", await codeFor(simulator, challenge))).status).toBe(400);
  });
});

describe("an app of the new system at the legacy endpoint", () => {
  it("gets 401 for its code, which is used up", async () => {
    const simulator = await openSimulator();
    const code = await codeFor(simulator, { client_id: "sandbox-new" });
    expect(await errorOf(await exchange(simulator, "legacy", code, MIGRATED))).toMatchObject({ status: 401 });
    expect(await errorOf(await exchange(simulator, "new", code, MIGRATED))).toMatchObject({ error: "invalid_grant" });
  });

  it("gets 400 invalid_request for a refresh, whose token stays valid at the new endpoint", async () => {
    const simulator = await openSimulator();
    const code = await codeFor(simulator, { client_id: "sandbox-new" });
    const tokens = tokenResponse.parse(await (await exchange(simulator, "new", code, MIGRATED)).json());
    expect(await errorOf(await refresh(simulator, "legacy", tokens.refresh_token, MIGRATED))).toMatchObject({
      status: 400,
      error: "invalid_request",
    });
    expect((await refresh(simulator, "new", tokens.refresh_token, MIGRATED)).status).toBe(200);
  });
});

it("does not use up the code of a legacy app at the new endpoint", async () => {
  const simulator = await openSimulator();
  const client = { client_id: "sandbox-legacy", client_secret: "sandbox-secret" };
  const code = (await decide(simulator, authorizeAddress("legacy", client))).searchParams.get("code");
  expect((await exchange(simulator, "new", code, client)).status).toBe(401);
  expect((await exchange(simulator, "legacy", code, client)).status).toBe(200);
});

describe("revoking", () => {
  it.each(["access_token", "refresh_token"] as const)(
    "by form post with the %s ends the whole grant",
    async (which) => {
      const simulator = await openSimulator();
      const tokens = await connect(simulator, "new");
      const revoke = (): Promise<Response> | Response =>
        simulator.app.request(ORIGIN + ADDRESSES.new.revoke, {
          method: "POST",
          body: new URLSearchParams({ token: tokens[which], ...CLIENT }),
        });
      expect((await revoke()).status).toBe(200);
      expect((await simulator.get("daily_sleep", tokens.access_token)).status).toBe(401);
      expect((await errorOf(await refresh(simulator, "new", tokens.refresh_token))).error).toBe("invalid_grant");
      expect((await revoke()).status, "an unknown token is no error").toBe(200);
    },
  );

  it("by query parameter answers 200 once and then 401", async () => {
    const simulator = await openSimulator();
    const { access_token } = await connect(simulator, "legacy");
    const address = `${ORIGIN}${ADDRESSES.legacy.revoke}?access_token=${access_token}`;
    expect((await simulator.app.request(address, { method: "POST" })).status).toBe(200);
    expect((await simulator.app.request(address, { method: "POST" })).status).toBe(401);
    expect((await simulator.get("daily_sleep", access_token)).status).toBe(401);
  });

  it("by form post needs the app's secret", async () => {
    const simulator = await openSimulator();
    const { access_token } = await connect(simulator, "new");
    const body = new URLSearchParams({ token: access_token, client_id: "sandbox", client_secret: "guess" });
    expect((await simulator.app.request(ORIGIN + ADDRESSES.new.revoke, { method: "POST", body })).status).toBe(401);
    expect((await simulator.get("daily_sleep", access_token)).status).toBe(200);
  });

  it("does not affect other people's grants", async () => {
    const simulator = await openSimulator();
    const [mine, theirs] = [await connect(simulator, "new"), await connect(simulator, "new", "gen2")];
    const body = new URLSearchParams({ token: mine.access_token, ...CLIENT });
    await simulator.app.request(ORIGIN + ADDRESSES.new.revoke, { method: "POST", body });
    expect((await simulator.get("daily_sleep", theirs.access_token)).status).toBe(200);
  });
});

import { describe, expect, it } from "vitest";
import type { OuraConfig } from "../../src/config.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { fetchOura } from "../../src/oura/fetch-oura.ts";
import { createGate } from "../../src/oura/gate.ts";
import { exchangeCode, revokeAtOura } from "../../src/oura/oauth.ts";
import { readOura } from "../../src/oura/transport.ts";
import { origin } from "../support/product.ts";

/** Numbers are the lines of docs/security.md. */
describe("11. if Ōura redirects a request to another address", () => {
  const moved = "https://assistant.test/redirect.json"; // redirects to an existing document
  const config: OuraConfig = {
    clientId: "x",
    clientSecret: "x",
    apiUrl: "https://assistant.test",
    authorizeUrl: moved,
    tokenUrl: moved,
    revokeUrl: moved,
  };
  const atOura = { config, fetch: fetchOura, now: () => 0 };

  it("11. the token is not sent there", async () => {
    const transport = {
      fetch: atOura.fetch,
      sleep: async () => {},
      random: () => 0,
      gate: createGate(6),
      tokens: { current: async () => "token", replace: async () => "token" },
      apiUrl: config.apiUrl,
    };
    const budget = createCallBudget(() => 0);
    await expect(readOura(transport, budget, "/redirect.json")).rejects.toMatchObject({
      failure: { kind: "oura_unavailable", status: 302 },
    });
  });

  it("11. a code, the app's secret or a token to be revoked are not sent there", async () => {
    const grant = { code: "x", redirectUri: origin, verifier: "x" };
    expect(await exchangeCode(atOura, grant)).toEqual({ kind: "uncertain", status: 302 });
    expect(await revokeAtOura(atOura, "token")).toBe(false);
  });
});

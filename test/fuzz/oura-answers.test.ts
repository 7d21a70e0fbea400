import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { HeldDocument } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { exchangeCode, revokeAtOura } from "../../src/oura/oauth.ts";
import { asBody, heldAs, now, readEveryday } from "./held.ts";
import { hostileJson } from "./hostile.ts";
import { asResponse, mutate, mutations, strangeAnswer } from "./oura-mutations.ts";
import { runsOf, timeoutOf } from "./plan.ts";
import { allTools, callAndCheck, plausibleInput } from "./tool-calls.ts";

const instant = new Date(now).toISOString();
const call = fc.constantFrom(...allTools.filter((tool) => tool.asks === "oura")).chain((tool) =>
  fc.tuple(
    fc.constant(tool),
    plausibleInput(tool).filter((input) => tool.input.safeParse(input).success),
  ),
);
let documents: Record<string, HeldDocument[]>;

beforeAll(async () => {
  documents = await readEveryday();
});

describe("with any answer of Oura", () => {
  it("to document requests, tools return finite numbers, reasons or an error text", {
    timeout: timeoutOf(),
  }, async () => {
    await fc.assert(
      fc.asyncProperty(call, mutations, async ([tool, input], changes) => {
        const told = await callAndCheck(tool, input, heldAs(mutate(documents, changes)), instant);
        if (told.kind === "failure") expect(["bad_input", "oura_malformed"]).toContain(told.kindOfFailure);
      }),
      runsOf("documents of Oura"),
    );
  });

  it("that contains no documents, tools return a partial answer or an error text", {
    timeout: timeoutOf(),
  }, async () => {
    const odd = fc.array(fc.tuple(fc.nat(999), strangeAnswer), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(call, odd, async ([tool, input], answers) => {
        const held = heldAs(documents);
        const routes = Object.keys(held);
        for (const [at, answer] of answers)
          held[routes[Math.floor((at / 1000) * routes.length)] ?? ""] = () => asResponse(answer);
        await callAndCheck(tool, input, held, instant);
      }),
      runsOf("answers of Oura"),
    );
  });

  it("to token requests, the outcome is tokens, a refusal or uncertain", { timeout: timeoutOf() }, async () => {
    const config = {
      clientId: "id",
      clientSecret: "secret",
      apiUrl: "",
      authorizeUrl: "",
      tokenUrl: "",
      revokeUrl: "https://oura.test/oauth-revoke",
    };
    const tokens = fc
      .record(
        {
          access_token: hostileJson,
          refresh_token: fc.oneof(fc.string(), hostileJson),
          expires_in: hostileJson,
          scope: hostileJson,
          error: fc.constantFrom("invalid_grant", "invalid_client", 7),
        },
        { requiredKeys: [] },
      )
      .map((body) => ({ status: 200, body: asBody(body), detail: "", headers: {} }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(tokens, strangeAnswer), async (answer) => {
        const dependencies = { config, now: () => now, fetch: async () => asResponse(answer) };
        const outcome = await exchangeCode(dependencies, { code: "c", redirectUri: "r", verifier: "v" });
        expect(["tokens", "refused", "app_refused", "uncertain"]).toContain(outcome.kind);
        if (outcome.kind === "tokens") {
          expect(Number.isFinite(outcome.tokens.expiresAt)).toBe(true);
          expect(outcome.tokens.accessToken).not.toBe("");
        }
        expect(typeof (await revokeAtOura(dependencies, "access"))).toBe("boolean");
      }),
      runsOf("token answers of Oura"),
    );
  });
});

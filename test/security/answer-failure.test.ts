import { describe, expect, it } from "vitest";
import { answerFailure } from "../../src/auth/answer-failure.ts";
import type { Failure } from "../../src/errors.ts";
import { exampleFailures } from "../support/failures.ts";
import { origin } from "../support/product.ts";
import { fetchWith } from "../support/wire.ts";

const answer = (path: string, failure: Failure) => answerFailure(new Request(`https://bridge.test${path}`), failure);

describe("a failure that no other code has answered", () => {
  it.each<[Failure["kind"], number, string, string | null]>([
    ["internal", 500, "server_error", null],
    ["store_unavailable", 503, "temporarily_unavailable", "60"],
    ["interrupted", 503, "temporarily_unavailable", "60"],
    ["too_many_attempts", 429, "temporarily_unavailable", "90"],
    ["too_many_today", 429, "temporarily_unavailable", "7200"],
    ["bad_input", 400, "invalid_request", null],
    ["account_gone", 400, "invalid_request", null],
  ])("is an OAuth error in JSON at an OAuth endpoint: %s", async (kind, status, error, retryAfter) => {
    for (const path of ["/oauth/token", "/oauth/register"]) {
      const response = answer(path, exampleFailures[kind]);
      expect([response.status, response.headers.get("retry-after")]).toEqual([status, retryAfter]);
      expect(response.headers.get("content-type")).toMatch(/^application\/json/);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      expect(await response.json()).toEqual({ error, error_description: expect.stringMatching(/\.$/) });
    }
  });

  it("has one of these three error codes, whatever its kind", async () => {
    for (const failure of Object.values(exampleFailures)) {
      const body: { error: string } = await answer("/oauth/token", failure).json();
      expect(["invalid_request", "server_error", "temporarily_unavailable"], failure.kind).toContain(body.error);
    }
  });

  it("is a sentence at every other address", async () => {
    for (const path of ["/mcp", "/panel", "/oauth", "/oura/callback"]) {
      const response = answer(path, exampleFailures.internal);
      expect([response.status, response.headers.get("content-type")]).toEqual([500, "text/plain; charset=utf-8"]);
      expect(await response.text()).toContain("the reference 1a2b3c4d.");
    }
  });
});

it("a failure of the OAuth server reaches the client as an OAuth error", async () => {
  const LIMIT_TOKEN = { limit: () => Promise.reject(new Error("a secret")) };
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: "x", client_id: "y" });
  const response = await fetchWith({ LIMIT_TOKEN }, new Request(`${origin}/oauth/token`, { method: "POST", body }));
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({
    error: "server_error",
    error_description: expect.stringMatching(/^Something went wrong in this service\./),
  });
});

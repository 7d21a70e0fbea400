import { expect, it } from "vitest";
import { readSettings } from "../../src/config.ts";
import { AppError } from "../../src/errors.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createRequestShare } from "../../src/oura/share.ts";

function failureOf(work: () => void) {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof AppError ? error.failure : error;
  }
}

const settings = readSettings({
  OURA_CLIENT_ID: "id",
  OURA_CLIENT_SECRET: "secret",
  TOKEN_KEYS: `k:${btoa("the key of this test, 32 letters")}`,
});
const requestsPerWindow = settings.kind === "ready" ? settings.config.accountRequests : Number.NaN;

it("refuses calls of one account before they use up the application's shared limit, and says when to retry", () => {
  const clock = { now: Date.UTC(2026, 10, 22) };
  const share = createRequestShare(() => clock.now, requestsPerWindow);
  const callsInFull = Math.floor(requestsPerWindow / 50);
  for (let call = 0; call < callsInFull; call += 1) {
    const budget = createCallBudget(() => clock.now, share);
    for (let request = 0; request < 50; request += 1) budget.spendRequest();
    clock.now += 1_000;
  }
  const next = createCallBudget(() => clock.now, share);
  expect(failureOf(() => next.spendRequest())).toEqual({ kind: "oura_share_spent", retryAfterSeconds: 280 });
  clock.now += 280_000;
  expect(failureOf(() => createCallBudget(() => clock.now, share).spendRequest())).toBeNull();
});

it("leaves the same share for at least four accounts if one uses its whole share", () => {
  expect(requestsPerWindow * 5).toBeLessThanOrEqual(5_000);
});

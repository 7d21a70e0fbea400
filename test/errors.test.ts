import { expect, it } from "vitest";
import { AppError, describeFailure, type Failure, failureOf } from "../src/errors.ts";

const examples: { [Kind in Failure["kind"]]: Extract<Failure, { kind: Kind }> } = {
  bad_input: { kind: "bad_input", problems: ["start_date: x."] },
  not_registered: { kind: "not_registered" },
  registration_pending: { kind: "registration_pending", place: 3, waiting: 7, code: "ab12" },
  not_connected: { kind: "not_connected" },
  needs_reconnect: { kind: "needs_reconnect" },
  account_gone: { kind: "account_gone" },
  assistant_revoked: { kind: "assistant_revoked" },
  not_granted_to_assistant: { kind: "not_granted_to_assistant", labels: "Stress" },
  not_granted_by_oura: { kind: "not_granted_by_oura", labels: "Stress" },
  not_signed_in: { kind: "not_signed_in" },
  ceremony_failed: { kind: "ceremony_failed" },
  account_key_wrong: { kind: "account_key_wrong" },
  too_many_attempts: { kind: "too_many_attempts", retryAfterSeconds: 90 },
  last_way_in: { kind: "last_way_in" },
  connect_refused: { kind: "connect_refused" },
  connect_expired: { kind: "connect_expired" },
  too_many_calls: { kind: "too_many_calls", retryAfterSeconds: 60 },
  call_budget_spent: { kind: "call_budget_spent" },
  oura_share_spent: { kind: "oura_share_spent", retryAfterSeconds: 120 },
  oura_rate_limited: { kind: "oura_rate_limited", retryAfterSeconds: 30 },
  oura_timeout: { kind: "oura_timeout" },
  oura_unavailable: { kind: "oura_unavailable", status: 503 },
  oura_malformed: { kind: "oura_malformed" },
  oura_refused: { kind: "oura_refused", status: 400 },
  membership_lapsed: { kind: "membership_lapsed" },
  refresh_uncertain: { kind: "refresh_uncertain", retryAfterSeconds: 30 },
  internal: { kind: "internal", reference: "1a2b3c4d" },
};
const links = { home: "https://bridge.test/", panel: "https://bridge.test/panel" };

it.each(Object.values(examples))("$kind has its own whole sentences", (failure) => {
  const words = describeFailure(failure, links);
  expect(words).toMatch(/^[A-ZŌ].*\.$/);
  expect(words).not.toMatch(/undefined|null|NaN/);
  const others = Object.values(examples).filter((other) => other !== failure);
  expect(others.map((other) => describeFailure(other, links))).not.toContain(words);
});

it("leads to the panel wherever a person has to act there", () => {
  for (const kind of ["not_registered", "not_connected", "needs_reconnect", "not_granted_by_oura"] as const) {
    expect(describeFailure(examples[kind], links)).toContain(links.panel);
  }
});

it("turns an unknown error into a reference and nothing else", () => {
  const failure = failureOf(new Error("secret"));
  expect(failure.kind).toBe("internal");
  expect(describeFailure(failure, links)).not.toContain("secret");
  expect(failureOf(new AppError({ kind: "oura_timeout" }))).toEqual({ kind: "oura_timeout" });
});

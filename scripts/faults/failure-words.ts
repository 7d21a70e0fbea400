import { describeFailure, type Failure } from "../../src/errors.ts";

/** The failures a tool can answer with under a fault of Oura, with example figures. */
const samples: readonly Failure[] = [
  { kind: "needs_reconnect" },
  { kind: "not_granted_by_oura", labels: "LABELS" },
  { kind: "call_budget_spent" },
  { kind: "oura_rate_limited", retryAfterSeconds: null },
  { kind: "oura_rate_limited", retryAfterSeconds: 77 },
  { kind: "oura_timeout" },
  { kind: "oura_unavailable", status: null },
  { kind: "oura_unavailable", status: 77 },
  { kind: "oura_malformed" },
  { kind: "oura_refused", status: 77 },
  { kind: "membership_lapsed" },
  { kind: "refresh_uncertain", retryAfterSeconds: 77 },
  { kind: "oura_app_refused" },
];

/** The failure a text describes, or null for any other text, which must not reach a person. */
export function failureKindOf(text: string, origin: string): Failure["kind"] | null {
  const links = { home: origin, panel: `${origin}/panel` };
  const found = samples.find((failure) => {
    const escaped = describeFailure(failure, links).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    return new RegExp(`^${escaped.replace("77", String.raw`\d+`).replace("LABELS", ".+")}$`).test(text);
  });
  return found?.kind ?? null;
}

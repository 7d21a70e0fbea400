import type { Scope } from "../scopes.ts";
import type { ParameterIssue } from "./parameters.ts";

/** Oura's error answers, one function each. */

function detail(status: number, text: unknown, headers: Record<string, string> = {}): Response {
  return Response.json({ detail: text }, { status, headers });
}

export function badRequest(text: string): Response {
  return detail(400, text);
}

export function badToken(kind: "missing" | "unknown" | "expired"): Response {
  return detail(401, kind === "expired" ? "Access token has expired." : "Access token is invalid or revoked.");
}

export function missingScope(scope: Scope): Response {
  return detail(401, `Token is not authorized access ${scope} scope.`);
}

export function membershipLapsed(): Response {
  return detail(403, "Access forbidden. The user's Oura membership has expired.");
}

export function documentNotFound(): Response {
  return detail(404, "Document not found.");
}

export function routeNotFound(): Response {
  return detail(404, "Not Found");
}

export function unprocessable(issues: readonly ParameterIssue[]): Response {
  return detail(422, issues);
}

export interface RateLimitHit {
  tier: "token" | "application";
  limit: number;
  windowSeconds: number;
  /** `null` omits the header, as some gateways do. */
  retryAfterSeconds: number | null;
  /** Epoch ms. */
  now: number;
}

export function tooManyRequests({ tier, limit, windowSeconds, retryAfterSeconds, now }: RateLimitHit): Response {
  return detail(429, "Request Rate Limit Exceeded.", {
    ...(retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds) }),
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Window": String(windowSeconds),
    "X-RateLimit-Reset": String(Math.ceil(now / 1_000) + (retryAfterSeconds ?? windowSeconds)),
    "X-RateLimit-Tier": tier,
  });
}

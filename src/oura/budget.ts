import { AppError } from "../errors.ts";

/**
 * What one tool call may spend: a number of requests (Cloudflare's free plan stops a call at 50) and time, so that an
 * assistant gets an answer before it gives up waiting.
 */
export interface CallBudget {
  /** Takes one request, or throws `call_budget_spent`. */
  spendRequest(): void;
  /** Milliseconds left. */
  remaining(): number;
}

export const requestsPerCall = 50;
/** Below the 30 s in which every call must have answered, with room for analytics and the way back. */
export const millisecondsPerCall = 25_000;

export function createCallBudget(now: () => number, requests = requestsPerCall): CallBudget {
  const deadline = now() + millisecondsPerCall;
  let left = requests;
  return {
    spendRequest() {
      if (left <= 0) throw new AppError({ kind: "call_budget_spent" });
      left -= 1;
    },
    remaining: () => deadline - now(),
  };
}

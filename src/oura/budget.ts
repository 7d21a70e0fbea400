import { AppError } from "../errors.ts";
import type { RequestShare } from "./share.ts";

/**
 * What one tool call may spend: a number of requests (Cloudflare's free plan stops a call at 50) and time, so that an
 * assistant gets an answer before it gives up waiting.
 */
export interface CallBudget {
  /** Takes one request of this call and of the account; throws `call_budget_spent` or `oura_share_spent`. */
  spendRequest(): void;
  /** Milliseconds left. */
  remaining(): number;
}

export const requestsPerCall = 50;
/** Below the 30 s in which every call must have answered, with room for analytics and the way back. */
export const millisecondsPerCall = 25_000;

/** @param share what all calls of the account have together; null where nobody else asks */
export function createCallBudget(
  now: () => number,
  share: RequestShare | null = null,
  requests = requestsPerCall,
): CallBudget {
  const deadline = now() + millisecondsPerCall;
  let left = requests;
  return {
    spendRequest() {
      if (left <= 0) throw new AppError({ kind: "call_budget_spent" });
      share?.spend();
      left -= 1;
    },
    remaining: () => deadline - now(),
  };
}

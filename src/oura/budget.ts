import { AppError } from "../errors.ts";
import type { RequestShare } from "./share.ts";

/**
 * The limits of one tool call: a number of requests and a time. Cloudflare's free plan allows 50 requests. The time
 * limit ensures that the assistant gets an answer before its own timeout.
 */
export interface CallBudget {
  /**
   * Counts one request of this call and of its account. Throws `call_budget_spent` or `oura_share_spent` when a limit
   * is reached.
   */
  spendRequest(): void;
  /** Returns the milliseconds that this call has left. */
  remaining(): number;
}

export const requestsPerCall = 50;
/**
 * The time for reading from Oura. Every call must answer within 30 s. The other 5 s are for the analysis and for
 * sending the answer.
 */
export const millisecondsPerCall = 25_000;

/** @param share the limit on requests that all calls of the account share; null for no such limit */
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

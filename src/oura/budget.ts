import { AppError } from "../errors.ts";
import type { RequestShare } from "./share.ts";

/**
 * The limits of one tool call: how many requests it may send to Oura, and how long it may take. On its free plan,
 * Cloudflare allows 50 outgoing requests for each incoming request.
 */
export interface CallBudget {
  /**
   * Counts one request to Oura. Call it before the request is sent. Throws `call_budget_spent` when this tool call has
   * sent all its requests, and `oura_share_spent` when the account has sent all its requests of five minutes.
   */
  spendRequest(): void;
  /** The milliseconds that this tool call may still take. */
  remaining(): number;
}

export const requestsPerCall = 50;
/**
 * How long one tool call may read from Oura. A call must answer within 30 s, so 5 s remain for the analysis and the
 * sending.
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

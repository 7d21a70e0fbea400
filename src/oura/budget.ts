import { AppError } from "../errors.ts";
import type { RequestShare } from "./share.ts";

/**
 * The limits of one tool call: how many requests it may send to Oura, and how long it may take. On its free plan,
 * Cloudflare allows 50 outgoing requests for each incoming request.
 */
export interface CallBudget {
  /**
   * Counts one request to Oura. Call it before the request is sent. Throws `call_budget_spent` when this tool call may
   * send no more requests, and `oura_share_spent` when its account may send no more in these five minutes.
   */
  spendRequest(): void;
  /** In milliseconds. */
  remaining(): number;
}

export const requestsPerCall = 50;
/**
 * How long one tool call may read from Oura. A call must answer within 30 s, so 5 s remain for the analysis and the
 * sending.
 */
export const millisecondsPerCall = 25_000;

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

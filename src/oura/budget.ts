import { AppError } from "../errors.ts";
import type { RequestShare } from "./share.ts";

/**
 * The limits of one tool call: how many requests it may send to Oura, and how long it may take. On its free plan,
 * Cloudflare allows 50 outgoing requests for each incoming request. The time limit ensures that the assistant gets an
 * answer before the assistant stops waiting.
 */
export interface CallBudget {
  /**
   * Counts one request to Oura. Call it before the request is sent. Throws the failure `call_budget_spent` when this
   * tool call has sent as many requests as it may send. Throws `oura_share_spent` when the account has sent as many
   * requests as it may send in five minutes.
   */
  spendRequest(): void;
  /** Returns how many milliseconds this tool call may still take. */
  remaining(): number;
}

export const requestsPerCall = 50;
/**
 * A tool call may spend at most this many milliseconds on reading from Oura. Every call must answer within 30 s. So 5 s
 * remain for the analysis and for sending the answer.
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

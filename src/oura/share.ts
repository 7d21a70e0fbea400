import { AppError } from "../errors.ts";

/**
 * Limits the requests that one account may send to Oura, because Oura allows 5,000 requests in five minutes for all
 * accounts together. The count is kept in memory only, so it starts again at zero when the platform evicts the
 * account's idle Durable Object. Each window of five minutes has the full limit. So an account can send almost twice
 * the limit within five minutes: at the end of one window and at the start of the next.
 */
export interface RequestShare {
  /**
   * Counts one request to Oura. Throws `oura_share_spent` when the account has reached its limit for the current
   * window.
   */
  spend(): void;
}

const windowMilliseconds = 5 * 60_000;

/** @param requestsPerWindow the setting `ACCOUNT_REQUESTS`; by default a fifth of what Oura allows for all accounts */
export function createRequestShare(now: () => number, requestsPerWindow: number): RequestShare {
  let startedAt = Number.NEGATIVE_INFINITY;
  let spent = 0;
  return {
    spend() {
      const endsAt = startedAt + windowMilliseconds;
      if (now() >= endsAt) {
        startedAt = now();
        spent = 0;
      } else if (spent >= requestsPerWindow) {
        throw new AppError({ kind: "oura_share_spent", retryAfterSeconds: Math.ceil((endsAt - now()) / 1_000) });
      }
      spent += 1;
    },
  };
}

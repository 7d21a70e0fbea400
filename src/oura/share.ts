import { AppError } from "../errors.ts";

/**
 * Limits the requests that one account may send to Oura. Oura allows 5,000 requests in five minutes for all accounts of
 * the application together, so each account may send only a limited number of requests. The number of requests that an
 * account has sent is kept in memory only. When the platform evicts an account's idle Durable Object, this number
 * starts again at zero. Time is divided into windows of five minutes, and each window has the full limit. So an account
 * can send almost twice the limit within five minutes, if it sends all requests of one window at its end and all of the
 * next window at its start.
 */
export interface RequestShare {
  /**
   * Counts one request to Oura. Throws the failure `oura_share_spent` when the account has reached its limit for the
   * current five minutes.
   */
  spend(): void;
}

const windowMilliseconds = 5 * 60_000;

/**
 * @param requestsPerWindow the most requests of one account in five minutes (the setting `ACCOUNT_REQUESTS`); by
 *   default a fifth of the 5,000 requests that Oura allows
 */
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

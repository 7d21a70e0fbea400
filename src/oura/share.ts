import { AppError } from "../errors.ts";

/**
 * Limits the requests that one account may send to Oura. Oura allows 5,000 requests in five minutes for all accounts of
 * the application together, so each account gets a share. The count is kept in memory only. When the platform evicts an
 * account's idle Durable Object, the count starts again at zero. The window of five minutes is fixed, so an account can
 * spend almost twice its share in five minutes around the end of a window.
 */
export interface RequestShare {
  /** Counts one request. Throws `oura_share_spent` when the share of the account is used up. */
  spend(): void;
}

const windowMilliseconds = 5 * 60_000;

/**
 * @param requestsPerWindow the share of one account in five minutes (the setting `ACCOUNT_REQUESTS`); by default it is
 * a fifth of the application's quota
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

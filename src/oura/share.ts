import { AppError } from "../errors.ts";

/**
 * One account's share of the application's quota at Oura, which is 5,000 requests in five minutes for all accounts
 * together. The count is in memory only. When the platform evicts an idle agent, the count starts again at zero. The
 * window is fixed: almost twice the share can be spent in five minutes around its end.
 */
export interface RequestShare {
  /** Counts one request; throws `oura_share_spent` when the share is used up. */
  spend(): void;
}

const windowMilliseconds = 5 * 60_000;

/** @param requestsPerWindow the `ACCOUNT_REQUESTS` setting; by default a fifth of the application's quota */
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

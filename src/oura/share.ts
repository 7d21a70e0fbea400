import { AppError } from "../errors.ts";

/**
 * One account's share of what the whole application may ask of Oura: 5,000 requests in five minutes, whoever they are for.
 * Counted in memory: an object that slept starts anew, and it does not sleep while it is asked.
 */
export interface RequestShare {
  /** Takes one request, or throws `oura_share_spent`. */
  spend(): void;
}

const windowMilliseconds = 5 * 60_000;

/** @param requestsPerWindow a setting: a fifth of the application's quota unless the operator says otherwise */
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

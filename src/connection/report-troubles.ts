import type { TroubleLog } from "../registry/trouble-counts.ts";
import type { ConnectionDependencies } from "./connection.ts";

/** Counts the problems with Oura, so that the operator sees how often each occurs. */
export interface TroubleReports {
  /** Also logs the problem, because only the operator can correct the client id and secret that Oura refuses. */
  appRefused(): void;
  refreshFailed: NonNullable<ConnectionDependencies["onRefreshFailure"]>;
  /** Wraps a function that asks Oura, and counts the answers that say that Oura's rate limit is reached. */
  countRateLimits(ask: typeof fetch): typeof fetch;
}

export function reportTroubles(troubles: TroubleLog): TroubleReports {
  return {
    appRefused() {
      troubles.note("app_refused");
      console.error(JSON.stringify({ event: "oura_app_refused", check: ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET"] }));
    },
    refreshFailed(outcome) {
      if (outcome !== "app_refused") troubles.note(`refresh_${outcome}`); // `appRefused` counts this outcome
    },
    countRateLimits: (ask) => async (input, init) => {
      const response = await ask(input, init);
      if (response.status === 429) troubles.note("oura_rate_limited");
      return response;
    },
  };
}

import { longestHoldSeconds } from "../config.ts";

/** How long health data is in memory at most, as pages say it. */
export const heldFor = longestHoldSeconds === 60 ? "a minute" : `${longestHoldSeconds} seconds`;

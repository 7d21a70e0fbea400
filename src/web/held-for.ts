import { longestHoldSeconds } from "../config.ts";

/** How long health data stays in memory at most, in the words that pages use. */
export const heldFor = longestHoldSeconds === 60 ? "a minute" : `${longestHoldSeconds} seconds`;

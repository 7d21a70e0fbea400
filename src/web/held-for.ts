import { longestHoldSeconds } from "../config.ts";

/** The longest time health data stays in memory, as text for pages. */
export const heldFor = longestHoldSeconds === 60 ? "a minute" : `${longestHoldSeconds} seconds`;

import { env } from "cloudflare:workers";
import { replaceDate } from "./replace-date.ts";

/**
 * How far this sandbox's clock is ahead of the machine's, in milliseconds. Only the sandbox reads this setting; the
 * deployed worker does not.
 */
export const clockOffset = Number({ CLOCK_OFFSET_MS: 0, ...env }.CLOCK_OFFSET_MS);

// Import this file first, before any code reads the time.
replaceDate(clockOffset);

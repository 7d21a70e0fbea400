import { env } from "cloudflare:workers";
import { replaceDate } from "./replace-date.ts";

/**
 * How far this sandbox's clock is ahead of the machine's, milliseconds. The setting is the sandbox's own: the deployed
 * worker has none.
 */
export const clockOffset = Number({ CLOCK_OFFSET_MS: 0, ...env }.CLOCK_OFFSET_MS);

// Imported first, before anything may ask the time.
replaceDate(clockOffset);

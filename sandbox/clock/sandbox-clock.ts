import { env } from "cloudflare:workers";
import { replaceDate } from "./replace-date.ts";

/** Only the sandbox reads these two settings; the deployed worker does not. */
const settings = { CLOCK_OFFSET_MS: 0, CLOCK_STANDS_AT: "", ...env };

/** How far this sandbox's clock is ahead of the machine's, in milliseconds. */
export const clockOffset = Number(settings.CLOCK_OFFSET_MS);

// Import this file first, before any code reads the time.
if (settings.CLOCK_STANDS_AT !== "") replaceDate(() => Number(settings.CLOCK_STANDS_AT));
else if (clockOffset !== 0) replaceDate((machine) => machine + clockOffset);

import { runWrangler } from "./run-wrangler.ts";
import { ensureTokenKeys } from "./token-keys.ts";

/** `npm run dev`: the deployed worker with the settings in .dev.vars. Further arguments go to `wrangler dev`. */
ensureTokenKeys(".dev.vars");
runWrangler(process.argv.slice(2));

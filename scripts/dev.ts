import { runWrangler } from "./run-wrangler.ts";
import { ensureTokenKeys } from "./token-keys.ts";

/** `npm run dev`: the worker as deployed, against the Oura that .dev.vars names. Further arguments go to wrangler dev. */
ensureTokenKeys(".dev.vars");
runWrangler(process.argv.slice(2));

import { mkdirSync } from "node:fs";
import { startClock } from "../sandbox/clock/start-clock.ts";
import { productPort } from "../sandbox/local-ports.ts";
import { readOptions } from "./read-options.ts";
import { requireFreePort } from "./require-free-port.ts";
import { runWrangler } from "./run-wrangler.ts";
import { ensureTokenKeys } from "./token-keys.ts";

/**
 * `npm start [-- --port NUMBER] [--state DIR] [--var NAME:VALUE …] [--clock INSTANT]`: runs the whole product on this
 * computer with the simulator instead of Oura, without configuration. It has its own config and state, so it never uses
 * real credentials. `--clock` starts at another time than this computer's.
 */
const { values } = readOptions({
  name: "npm start",
  options: {
    port: { type: "whole number", from: 1, to: 65_535, default: productPort },
    state: { type: "text", value: "DIRECTORY", default: ".sandbox/state" },
    var: { type: "texts", value: "NAME:VALUE", pattern: /^[A-Z_]+:/ },
    clock: { type: "instant" },
  },
});
// Wrangler detects a busy port only after the build. Until then the other server would seem to be this one.
await requireFreePort(values.port);

const origin = `http://localhost:${values.port}`;
const oura = `${origin}/sandbox/oura`;
const variables = [
  `OURA_API_URL:${oura}`,
  `OURA_AUTHORIZE_URL:${oura}/oauth/v2/ext/oauth-authorize`,
  `OURA_TOKEN_URL:${oura}/oauth/v2/ext/oauth-token`,
  `OURA_REVOKE_URL:${oura}/oauth/v2/ext/oauth-revoke`,
  ...(values.clock === null ? [] : [`CLOCK_OFFSET_MS:${startClock(values.clock).offset}`]),
  ...values.var,
];

mkdirSync(values.state, { recursive: true });
ensureTokenKeys("sandbox/.dev.vars");
console.log("Starting Ringbridge with a simulated Ōura …");
runWrangler(
  [
    ...["-c", "sandbox/wrangler.toml", "--port", `${values.port}`, "--persist-to", values.state],
    ...["--inspector-port", "0", "--show-interactive-dev-session=false"],
    ...variables.flatMap((variable) => ["--var", variable]),
  ],
  {
    url: `${origin}/health`,
    announce() {
      console.log(`\nRingbridge is ready at ${origin}`);
      console.log(`Add ${origin}/mcp to an assistant on this computer. Ctrl+C stops.\n`);
    },
  },
);

import { productAddress } from "../sandbox/local-ports.ts";
import { type Finding, openDeployment } from "./doctor/check.ts";
import { clientChecks } from "./doctor/client-checks.ts";
import { hostChecks } from "./doctor/host-checks.ts";
import { oauthChecks } from "./doctor/oauth-checks.ts";
import { operatorChecks } from "./doctor/operator-checks.ts";
import { ouraChecks } from "./doctor/oura-checks.ts";
import { serverChecks } from "./doctor/server-checks.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run doctor -- https://your.server [--oura https://api.ouraring.com]`: checks a deployment from outside and says
 * what to fix. With an assistant's access token in the environment variable RINGBRIDGE_TOKEN, both client libraries
 * also connect and list tools; with OPERATOR_KEY the server also checks its Oura app. It stops where every later check
 * would fail for the same reason. Fails if something is broken.
 */
const { values, positionals } = readOptions({
  name: "npm run doctor",
  takes: { words: "https://your.server", atMost: 1 },
  options: { oura: { type: "address", default: "https://api.ouraring.com" } },
});
const named = positionals[0] ?? process.env.PUBLIC_URL ?? productAddress;
const address = URL.parse(named);
if (address === null) {
  console.error(`"${named}" is not an address; write one like https://ringbridge.example.`);
  process.exit(1);
}

const deployment = openDeployment(address.origin, process.env.RINGBRIDGE_TOKEN ?? null);
const marks: Readonly<Record<Finding["kind"], string>> = { fine: "ok  ", warning: "note", broken: "FIX " };
const counts: Record<Finding["kind"], number> = { fine: 0, warning: 0, broken: 0 };
console.log(`Looking at ${deployment.origin} from outside …\n`);
const checks = [
  ...serverChecks,
  ...oauthChecks,
  ...hostChecks,
  ...clientChecks,
  ...operatorChecks(process.env.OPERATOR_KEY || null),
  ...ouraChecks(values.oura),
];
for (const { name, stops, run } of checks) {
  const finding = await run(deployment);
  counts[finding.kind] += 1;
  console.log(`${marks[finding.kind]}  ${name}: ${finding.says}`);
  if (finding.kind !== "fine") console.log(`      ${finding.fix}`);
  if (stops && finding.kind === "broken") {
    console.log("      Fix this first: the other checks would fail for the same reason.");
    break;
  }
}
console.log(`\n${counts.fine} fine, ${counts.warning} to know, ${counts.broken} to mend`);
if (counts.broken > 0) process.exitCode = 1;

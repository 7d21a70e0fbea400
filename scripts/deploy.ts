import { askFor } from "./deploy/ask-for.ts";
import { callWrangler } from "./deploy/call-wrangler.ts";
import { putWorker } from "./deploy/put-worker.ts";
import { isSignedOut, readDeployedUrl, readSecretNames } from "./deploy/read-wrangler.ts";
import { readOptions } from "./read-options.ts";
import { createTokenKeys } from "./token-keys.ts";

/**
 * `npm run deploy [-- --dry-run] [-- --name NAME]`: deploys the worker to Cloudflare (which creates its KV namespace),
 * prints the addresses to enter at Oura, asks once for missing secrets, and generates the token keys. Oura issues a
 * client id only for an existing address, so the worker is deployed first; without secrets it serves public pages only.
 */
const { values } = readOptions({
  name: "npm run deploy",
  options: { "dry-run": { type: "flag" }, name: { type: "text", value: "NAME" } },
});
const named = values.name ? ["--name", values.name] : [];

if (values["dry-run"]) dryRun();
else await deploy();

function dryRun(): void {
  console.log("Building the worker as for a deployment; nothing is uploaded …");
  const { status } = callWrangler(["deploy", "--dry-run", ...named]);
  if (status !== 0) stop("The build failed; the lines above say why.");
  console.log("\nThe build is fine. Without --dry-run this would now:");
  console.log("1. deploy it to Cloudflare and create its KV namespace,");
  console.log("2. print the redirect URL for your Ōura app, and");
  console.log("3. ask for OURA_CLIENT_ID and OURA_CLIENT_SECRET if they are missing, and generate TOKEN_KEYS.");
}

async function deploy(): Promise<void> {
  console.log("1 of 3: looking for a Cloudflare account …");
  const account = callWrangler(["whoami", "--json"], { capture: true });
  if (isSignedOut(account.output)) {
    stop(
      "No Cloudflare account is signed in. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN and " +
        "CLOUDFLARE_ACCOUNT_ID, and run this again. `npm run deploy -- --dry-run` needs neither.",
    );
  }
  if (account.status !== 0) {
    stop("Cloudflare did not say which account this is; the lines above say why. Nothing was changed.");
  }
  console.log("2 of 3: deploying …");
  const origin = await deployWorker();
  sayAddresses(origin);
  console.log("\n3 of 3: looking for the secrets …");
  const missing = missingSecrets();
  if (missing.length === 0) return console.log("All three are set. Done.");
  await putSecrets(missing);
  console.log(`Done. \`npm run doctor -- ${origin ?? "https://your.server"}\` checks the deployment.`);
}

/** The public address, or null if the deployment has none yet. */
async function deployWorker(): Promise<string | null> {
  const report = putWorker(values.name);
  if (report === null) stop("Cloudflare did not take it; the lines above say why. Nothing was changed in its secrets.");
  return (await readPublicUrl()) ?? readDeployedUrl(report);
}

/** PUBLIC_URL from the worker's settings or the environment, or null unless it is an https address. */
async function readPublicUrl(): Promise<string | null> {
  // Imported here because it takes seconds to load, and a dry run does not need it.
  const { unstable_readConfig } = await import("wrangler");
  const { vars } = unstable_readConfig({ config: "wrangler.toml" }, { hideWarnings: true });
  const address = URL.parse(String(vars.PUBLIC_URL ?? process.env.PUBLIC_URL ?? ""));
  return address?.protocol === "https:" ? address.origin : null;
}

function sayAddresses(origin: string | null): void {
  const address = origin ?? "https://your.server";
  console.log("\nEnter these in your Ōura app:");
  console.log(`  redirect URL  ${address}/oura/callback`);
  console.log(`  privacy       ${address}/privacy`);
  console.log(`  terms         ${address}/terms`);
  console.log("Passkeys belong to the host name: if you want another one, set it up before the first passkey is made.");
}

function missingSecrets(): string[] {
  const { status, output } = callWrangler(["secret", "list", ...named], { capture: true });
  if (status !== 0) stop("Cloudflare did not list the secrets. Run this again; what is deployed stays.");
  const known = readSecretNames(output);
  if (known === null) stop("No list of secrets came back, so none were set. Run this again; what is deployed stays.");
  return ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET", "TOKEN_KEYS"].filter((name) => !known.includes(name));
}

async function putSecrets(missing: readonly string[]): Promise<void> {
  const secrets: Record<string, string> = {};
  for (const name of missing) {
    const value = name === "TOKEN_KEYS" ? createTokenKeys() : (process.env[name] ?? (await askFor(name)));
    if (!value) stop(`${name} is missing. Run \`npm run deploy\` in a terminal, or set ${name} in the environment.`);
    secrets[name] = value;
  }
  // Secrets go over standard input: other processes could read arguments, and a file could be left behind.
  const { status } = callWrangler(["secret", "bulk", ...named], { input: JSON.stringify(secrets) });
  if (status !== 0) stop("Cloudflare did not take the secrets. Run this again; it asks only for what is missing.");
}

function stop(message: string): never {
  console.error(`\n${message}`);
  process.exit(1);
}

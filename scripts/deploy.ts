import { type App, askApp } from "./deploy/ask-app.ts";
import { callWrangler } from "./deploy/call-wrangler.ts";
import { putWorker } from "./deploy/put-worker.ts";
import { isSignedOut, readDeployedUrl, readSecretNames } from "./deploy/read-wrangler.ts";
import { readOptions } from "./read-options.ts";
import { createTokenKeys } from "./token-keys.ts";

/**
 * `npm run deploy [-- --dry-run] [-- --ask-again] [-- --name NAME]`: deploys the worker to Cloudflare (which creates its
 * KV namespace), prints the addresses to enter at Oura, asks once for missing secrets, and generates the token keys. Oura
 * issues a client id only for an existing address, so the worker is deployed first; without secrets it serves public
 * pages only. `--ask-again` replaces the app's id and secret, and never the token keys.
 */
const { values } = readOptions({
  name: "npm run deploy",
  options: { "dry-run": { type: "flag" }, "ask-again": { type: "flag" }, name: { type: "text", value: "NAME" } },
});
// Ctrl+C ends wrangler. This process ends after it has removed its temporary files.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
const secretNames = ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET", "TOKEN_KEYS"] as const;
type SecretName = (typeof secretNames)[number];
const named = values.name ? ["--name", values.name] : [];

if (values["dry-run"]) dryRun();
else await deploy();

function dryRun(): void {
  console.log("Building the worker as for a deployment; nothing is uploaded …");
  const { status } = callWrangler(["deploy", "--dry-run", ...named], { environment: { WRANGLER_HIDE_BANNER: "true" } });
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
  const variables = await readVariables();
  // The values are asked for before anything is uploaded, so that a wrong value changes nothing.
  const corrected = values["ask-again"] ? await askFor(["OURA_CLIENT_ID", "OURA_CLIENT_SECRET"], variables) : null;
  console.log("2 of 3: deploying …");
  const report = putWorker(values.name);
  if (report === null) stop("Cloudflare did not take it; the lines above say why. Nothing was changed in its secrets.");
  const known = listSecrets();
  const origin = findOrigin(report, variables, known);
  sayAddresses(origin);
  console.log("\n3 of 3: looking for the secrets …");
  const missing = secretNames.filter((name) => !known.includes(name));
  if (missing.length === 0 && corrected === null) return console.log("All three are set. Done.");
  const app = corrected ?? (await askFor(missing.filter(isOfApp), variables));
  putSecrets({ ...app, ...(missing.includes("TOKEN_KEYS") ? { TOKEN_KEYS: createTokenKeys() } : {}) });
  console.log(`Done. \`npm run doctor -- ${origin ?? "https://your.server"}\` checks the deployment.`);
}

async function readVariables(): Promise<Readonly<Record<string, unknown>>> {
  // wrangler takes seconds to load, and a dry run does not need it.
  const { unstable_readConfig } = await import("wrangler");
  return unstable_readConfig({ config: "wrangler.toml" }, { hideWarnings: true }).vars;
}

/** The public address, or null if the deployment has none yet. Warns of a PUBLIC_URL that the worker does not get. */
function findOrigin(
  report: string,
  variables: Readonly<Record<string, unknown>>,
  known: readonly string[],
): string | null {
  const given = readOrigin(process.env.PUBLIC_URL);
  // If PUBLIC_URL is a secret, its value cannot be read. The environment variable then says which address it is.
  const set = readOrigin(variables.PUBLIC_URL) ?? (known.includes("PUBLIC_URL") ? given : null);
  const origin = set ?? readDeployedUrl(report);
  if (given !== null && given !== origin) {
    console.log(
      `\nPUBLIC_URL in your environment (${given}) is not used: the worker answers at ${origin ?? "no address yet"}. To use ` +
        "it, add the domain and PUBLIC_URL to wrangler.toml as docs/operations.md shows, and deploy again.",
    );
  }
  return origin;
}

function readOrigin(value: unknown): string | null {
  const address = URL.parse(String(value ?? ""));
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

function listSecrets(): string[] {
  const { status, output } = callWrangler(["secret", "list", ...named], { capture: true });
  if (status !== 0) stop("Cloudflare did not list the secrets. Run this again; what is deployed stays.");
  const known = readSecretNames(output);
  return known ?? stop("No list of secrets came back, so none were set. Run this again; what is deployed stays.");
}

function isOfApp(name: SecretName): name is keyof App {
  return name !== "TOKEN_KEYS";
}

async function askFor(names: readonly (keyof App)[], variables: Readonly<Record<string, unknown>>): Promise<App> {
  const asked = await askApp(names, variables);
  return asked.kind === "wrong" ? stop(asked.message) : asked.app;
}

function putSecrets(secrets: Readonly<Record<string, string>>): void {
  // Secrets go over standard input: other processes could read arguments, and a file could be left behind.
  const { status } = callWrangler(["secret", "bulk", ...named], { input: JSON.stringify(secrets) });
  if (status !== 0) stop("Cloudflare did not take the secrets. Run this again; it asks only for what is missing.");
}

function stop(message: string): never {
  console.error(`\n${message}`);
  process.exit(1);
}

import { z } from "zod";
import { readOptions } from "../scripts/read-options.ts";
import { productAddress } from "./local-ports.ts";
import { ACCOUNTS } from "./people/people.ts";
import { allScopes } from "./scopes.ts";
import { createVisitor, WalkError } from "./visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
  type Tokens,
} from "./walk.ts";

/**
 * `npm run sandbox:token [-- --person gen2] [--scope "daily heartrate"] [--json] [--oura] [--url ADDRESS]`: prints an
 * access token for the MCP endpoint of a running `npm start`. It creates a new account and goes through every page. The
 * token is the last line on stdout; progress goes to stderr. `--json` prints everything a client stores. `--oura`
 * prints a token of the simulated Oura instead, for which `npm run sandbox:oura` is enough.
 */
const { values: options } = readOptions({
  name: "npm run sandbox:token",
  options: {
    person: { type: "text", value: "NAME", default: "everyday" },
    scope: { type: "text", value: '"NAME NAME"' },
    json: { type: "flag" },
    oura: { type: "flag" },
    url: { type: "address", default: productAddress },
  },
});

/** No server listens there: the walk reads the code from the redirect. */
const redirectUri = "http://127.0.0.1:33418/callback";

try {
  await main();
} catch (error) {
  if (!(error instanceof WalkError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  if (!ACCOUNTS.some(({ id }) => id === options.person)) {
    const known = ACCOUNTS.map(({ id, description }) => `  ${id}: ${description}`).join("\n");
    throw new WalkError(`Nobody here is called "${options.person}". The people are:\n${known}`);
  }
  await requireSimulator(options.url);
  if (options.oura) return printOuraToken();
  const { tokens, ...client } = await walk();
  console.log(options.json ? JSON.stringify({ ...tokens, ...client }, null, 2) : tokens.access_token);
}

async function walk(): Promise<Record<string, unknown> & { tokens: Tokens }> {
  // The server redirects pages of another host name, such as 127.0.0.1, to the host its passkeys belong to.
  const { url } = await fetch(new URL("/health", options.url));
  const visitor = createVisitor({ origin: new URL(url).origin });
  const server = await discover(visitor);
  const scopes = readScopes(server.scopes.filter((name) => name !== "offline_access"));
  report("Creating an account with a passkey");
  await createAccount(visitor);
  report("Registering the ring");
  if ((await register(visitor)) === "waiting") {
    report("No place is free, so tools will say that this account waits (npm start -- --var BETA_CAPACITY:1000)");
  }
  const client = await registerClient(visitor, server, { name: "Sandbox token", redirectUri });
  report(`Allowing it to read ${scopes?.join(", ") ?? "what is ticked at first"}, and connecting as ${options.person}`);
  const choices = { person: options.person, scopes };
  const authorized = await authorizeClient(visitor, server, client, choices);
  if (authorized.tookOver) report(`Took ${options.person} over from another account, whose tokens read nothing more`);
  return {
    tokens: await exchangeCode(visitor, server, client, authorized),
    resource: server.resource,
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    issuer: server.issuer,
    token_endpoint: server.tokenEndpoint,
    person: options.person,
  };
}

async function printOuraToken(): Promise<void> {
  const scopes = readScopes(allScopes());
  const response = await fetch(new URL("/sandbox/control/tokens", options.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person: options.person, ...(scopes && { scopes }) }),
  });
  if (!response.ok) throw new WalkError(`The simulator answered ${response.status}: ${await response.text()}`);
  const issued = z.looseObject({ access_token: z.string() }).parse(await response.json());
  console.log(options.json ? JSON.stringify(issued, null, 2) : issued.access_token);
}

/** Null without `--scope`: the consent page's default selection. */
function readScopes(known: readonly string[]): string[] | null {
  if (options.scope === null) return null;
  const asked = options.scope.split(/[\s,]+/).filter((name) => name !== "");
  if (asked.length > 0 && asked.every((name) => known.includes(name))) return asked;
  throw new WalkError(`--scope "${options.scope}" is not understood. The scopes are: ${known.join(" ")}`);
}

/** Fails unless the server uses a simulated Oura: this script creates accounts only in a sandbox. */
async function requireSimulator(url: string): Promise<void> {
  const response = await fetch(new URL("/sandbox/control/clock", url)).catch(() => null);
  await response?.body?.cancel();
  if (response === null) throw new WalkError(`Nothing answers at ${url}. Run \`npm start\` in another terminal first.`);
  if (!response.ok)
    throw new WalkError(`There is no simulated Oura at ${url}. Run \`npm start\`, and name it by --url.`);
}

function report(step: string): void {
  console.error(`${step} …`);
}

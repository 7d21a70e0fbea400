import { createVisitor, type Visitor } from "../../sandbox/visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  followAuthorization,
  register,
  registerClient,
} from "../../sandbox/walk.ts";
import { startBearerProxy } from "./bearer-proxy.ts";
import { runSuite, type SuiteResult } from "./run-suite.ts";

export const revisions = ["2025-11-25", "2026-07-28"] as const;

/** The person the suites sign in as. No other user of the server has it, so no connection is taken over. */
const choices = { person: "two_rings", scopes: null };

/** Creates and registers an account on a server started by `npm start`. */
export async function createSuiteVisitor(origin: string): Promise<Visitor> {
  const visitor = createVisitor({ origin, address: "10.20.30.40" });
  await createAccount(visitor);
  await register(visitor);
  return visitor;
}

export function runServerSuite(visitor: Visitor, revision: (typeof revisions)[number]): Promise<SuiteResult> {
  const baseline = `scripts/conformance/baseline-${revision}.yml`;
  return throughProxy(visitor, `server ${revision}`, ["--requirements", revision, "--expected-failures", baseline]);
}

/** A suite of checks that are not required; this server passes all of them. */
export function runHeaderSuite(visitor: Visitor): Promise<SuiteResult> {
  const parameters = ["--scenario", "http-header-validation", "--spec-version", "2026-07-28"];
  return throughProxy(visitor, "server headers", parameters);
}

/** The server suite against the OAuth-protected endpoint, with a token from a complete authorization. */
async function throughProxy(visitor: Visitor, suite: string, parameters: readonly string[]): Promise<SuiteResult> {
  const server = await discover(visitor);
  const redirectUri = "http://127.0.0.1:33418/callback"; // no server listens: the walk reads the code from the redirect
  const client = await registerClient(visitor, server, { name: "Conformance", redirectUri });
  const tokens = await exchangeCode(visitor, server, client, await authorizeClient(visitor, server, client, choices));
  const proxy = await startBearerProxy(visitor.origin, tokens.access_token);
  try {
    return await runSuite(suite, ["server", "--url", `${proxy.origin}/mcp`, ...parameters]);
  } finally {
    await proxy.stop();
  }
}

/** The authorization suite: it prints an address, and the person completes the authorization there. */
export async function runAuthorizationSuite(visitor: Visitor, port: number): Promise<SuiteResult> {
  const server = await discover(visitor);
  const redirectUri = `http://127.0.0.1:${port}/callback`;
  const { clientId } = await registerClient(visitor, server, { name: "Conformance", redirectUri });
  let walk: Promise<unknown> | null = null;
  const result = await runSuite(
    "authorization",
    ["authorization", "--url", server.issuer, "--client-id", clientId, "--resource", server.resource, "-p", `${port}`],
    (output) => {
      const request = /^(http\S+\/authorize\?\S+)\n/m.exec(output)?.[1];
      if (request !== undefined) walk ??= followTo(visitor, request, redirectUri);
    },
  );
  await walk;
  return result;
}

async function followTo(visitor: Visitor, request: string, redirectUri: string): Promise<void> {
  const { address } = await followAuthorization(visitor, request, redirectUri, choices);
  await (await fetch(address)).body?.cancel();
}

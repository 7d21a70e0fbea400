import { createVisitor } from "../../sandbox/visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
} from "../../sandbox/walk.ts";
import { divide } from "./measure-calls.ts";
import { redirectUri } from "./people.ts";
import { quantile } from "./quantile.ts";
import type { Runtime } from "./runtime.ts";
import type { StorageCounts } from "./storage-counts.ts";

/** Waiting times of a person or an assistant in ms, and the storage operations they cause. */
export interface OAuthFigures {
  consentPageP50: number;
  /** A refresh of an assistant's token. */
  tokenP50: number;
  /** Per refresh; an assistant makes one a day. */
  refreshStorage: StorageCounts;
  /** Per complete walk: account, place, connection, one assistant. */
  walkStorage: StorageCounts;
}

const repetitions = 15;

/** Somebody who is signed in and registered, with a registered client and the address of its consent page. */
export async function prepareVisitor({ origin }: Pick<Runtime, "origin">) {
  const visitor = createVisitor({ origin });
  const server = await discover(visitor);
  await createAccount(visitor);
  await register(visitor);
  const client = await registerClient(visitor, server, { name: "Bench", redirectUri });
  const consent = new URL(server.authorizationEndpoint);
  consent.search = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: "bench",
    code_challenge: "0".repeat(43),
    code_challenge_method: "S256",
    resource: server.resource,
  }).toString();
  return { visitor, server, client, consentPage: consent.href };
}

export async function measureOAuth(runtime: Runtime): Promise<OAuthFigures> {
  await runtime.takeStorage();
  const { visitor, server, client, consentPage } = await prepareVisitor(runtime);
  const choices = { person: "everyday", scopes: ["daily"] };
  let tokens = await exchangeCode(visitor, server, client, await authorizeClient(visitor, server, client, choices));
  const walkStorage = await runtime.takeStorage();

  const pages: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1)
    pages.push(await time(async () => (await visitor.open(consentPage)).text()));

  await runtime.takeStorage();
  const refreshes: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const form = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: tokens.refresh_token ?? "",
      client_id: client.clientId,
      resource: server.resource,
    });
    const started = performance.now();
    const answer = await visitor.submitForm(server.tokenEndpoint, form);
    const body: unknown = await answer.json();
    refreshes.push(performance.now() - started);
    if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}: ${JSON.stringify(body)}`);
    tokens = { ...tokens, ...(body as typeof tokens) }; // the token endpoint's answer, validated by the walk before
  }
  return {
    consentPageP50: quantile(pages, 0.5),
    tokenP50: quantile(refreshes, 0.5),
    refreshStorage: divide(await runtime.takeStorage(), repetitions),
    walkStorage,
  };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

import { z } from "zod";
import { open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { createCallBudget } from "../oura/budget.ts";
import { exchangeCode, type OAuthDependencies, type OuraTokens, revokeAtOura } from "../oura/oauth.ts";
import { personalInfo } from "../oura/schemas.ts";
import { parseScopes, type ScopeName, scopeNames } from "../oura/scopes.ts";
import { readOura, type Transport } from "../oura/transport.ts";
import type { Connection } from "./connection.ts";

/** What came back from Oura's permission page. */
export interface OuraCallback {
  code: string;
  redirectUri: string;
  verifier: string;
  /** The redirect's own `scope`, for servers whose token answer names none. */
  scope: string;
}

export type ConnectResult =
  | { kind: "connected" }
  /** Oura granted not one permission; the useless grant is given back. */
  | { kind: "nothing_granted" }
  /** Another account holds this Oura account. The tokens wait, sealed, for a take-over. */
  | { kind: "taken" };

/** Ties an Oura account to this account in the registry. */
export interface OwnerRegistry {
  claimOwner(ouraUserId: string): Promise<"claimed" | "taken" | "no_place">;
  /** Returns the account that lost it, if any. */
  takeOver(ouraUserId: string): Promise<string | null>;
}

const heldKey = "take-over";
const heldMilliseconds = 10 * 60_000;
const heldRecord = z.object({ sealed: z.string(), until: z.number() });
const heldTokens = z.object({
  ouraUserId: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
  scopes: z.array(z.enum(scopeNames)),
});

export interface ConnectingDependencies extends OAuthDependencies {
  accountId: string;
  storage: SyncKvStorage;
  tokenKeys: readonly SealingKey[];
  transport: Omit<Transport, "tokens">;
  connection: Connection;
  owners: OwnerRegistry;
}

/** The last step of Connect: code to tokens, tokens to owner, and the answer for the browser. */
export async function finishConnecting(
  dependencies: ConnectingDependencies,
  callback: OuraCallback,
): Promise<ConnectResult> {
  const outcome = await exchangeCode(dependencies, callback);
  if (outcome.kind === "refused") throw new AppError({ kind: "connect_refused" });
  if (outcome.kind === "uncertain") throw new AppError({ kind: "oura_unavailable", status: outcome.status });
  const { tokens } = outcome;
  const scopes = tokens.scopes ?? parseScopes(callback.scope);
  if (scopes.length === 0) {
    await revokeAtOura(dependencies, tokens.accessToken);
    return { kind: "nothing_granted" };
  }
  const ouraUserId = await readOuraUserId(dependencies, tokens);
  switch (await dependencies.owners.claimOwner(ouraUserId)) {
    case "claimed":
      await dependencies.connection.connect(tokens, scopes);
      return { kind: "connected" };
    case "taken":
      await hold(dependencies, tokens, scopes, ouraUserId);
      return { kind: "taken" };
    case "no_place":
      await revokeAtOura(dependencies, tokens.accessToken);
      throw new AppError({ kind: "not_registered" });
  }
}

/** Completes a connection that another account held. Returns that account's id, whose tokens are to be dropped. */
export async function finishTakeOver(dependencies: ConnectingDependencies): Promise<string | null> {
  const { storage, tokenKeys, now, connection } = dependencies;
  const stored = heldRecord.safeParse(storage.get(heldKey));
  storage.delete(heldKey);
  const text =
    stored.success && stored.data.until > now()
      ? await open(tokenKeys, context(dependencies), stored.data.sealed)
      : null;
  if (text === null) throw new AppError({ kind: "connect_expired" });
  const { ouraUserId, scopes, ...tokens } = heldTokens.parse(JSON.parse(text));
  const previous = await dependencies.owners.takeOver(ouraUserId);
  await connection.connect({ ...tokens, scopes }, scopes);
  return previous;
}

async function hold(
  dependencies: ConnectingDependencies,
  tokens: OuraTokens,
  scopes: readonly ScopeName[],
  ouraUserId: string,
): Promise<void> {
  const { storage, tokenKeys, now } = dependencies;
  const sealed = await seal(tokenKeys, context(dependencies), JSON.stringify({ ...tokens, scopes, ouraUserId }));
  storage.put(heldKey, { sealed, until: now() + heldMilliseconds });
}

/** Oura's own id of the person: any token may read it, whatever was granted. */
async function readOuraUserId(dependencies: ConnectingDependencies, tokens: OuraTokens): Promise<string> {
  const source = { current: async () => tokens.accessToken, replace: async () => tokens.accessToken };
  const transport = { ...dependencies.transport, tokens: source };
  const body = await readOura(transport, createCallBudget(dependencies.now), "/v2/usercollection/personal_info");
  const parsed = personalInfo.safeParse(body);
  if (!parsed.success) throw new AppError({ kind: "oura_malformed" });
  return parsed.data.id;
}

function context({ accountId }: ConnectingDependencies) {
  return { purpose: "oura-tokens", subject: accountId } as const;
}

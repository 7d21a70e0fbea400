import * as z from "zod/mini";
import { open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { exchangeCode, type OAuthDependencies, type OuraTokens, revokeAtOura } from "../oura/oauth.ts";
import { scopeNames } from "../oura/scopes.ts";
import type { Transport } from "../oura/transport.ts";
import type { Connection, GrantedScopes } from "./connection.ts";

export interface OuraCallback {
  code: string;
  redirectUri: string;
  verifier: string;
  /**
   * The scopes that the address of Oura's redirect contains. They are used if the token response contains no scopes.
   * Null if the address contains no scopes.
   */
  scope: string | null;
}

export type ConnectResult =
  | { kind: "connected" }
  /**
   * The person granted no permission on Oura's permission page. Ringbridge has revoked the grant, because it would be
   * useless.
   */
  | { kind: "nothing_granted" }
  /**
   * Another account of this service already uses this Oura account. The new tokens are kept encrypted for ten minutes,
   * while the person decides whether to move the connection to this account.
   */
  | { kind: "taken" }
  /**
   * The limit on connected accounts is reached, and no other account of this service uses the Oura account, so there is
   * no connection to move. Ringbridge has revoked the grant.
   */
  | { kind: "no_place" };

export interface OwnerRegistry {
  claimOwner(ouraUserId: string): Promise<"claimed" | "taken" | "no_place">;
  /** The id of the other account of this service that uses this Oura account; null when there is none. */
  findHolder(ouraUserId: string): Promise<string | null>;
  takeOver(ouraUserId: string): Promise<"taken_over" | "no_place">;
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
  areProven: z._default(z.boolean(), false),
});

export interface ConnectingDependencies extends OAuthDependencies {
  accountId: string;
  storage: SyncKvStorage;
  tokenKeys: readonly SealingKey[];
  transport: Omit<Transport, "tokens">;
  connection: Connection;
  owners: OwnerRegistry;
}

/**
 * Called after Oura's permission page has redirected the person back to Ringbridge. Exchanges the code for tokens,
 * records that this account uses the Oura account, and stores the tokens.
 */
export async function finishConnecting(
  dependencies: ConnectingDependencies,
  callback: OuraCallback,
): Promise<ConnectResult> {
  // The module contains Oura's schemas. Importing it at the top would delay the start of a worker.
  const { readGrant } = await import("./read-grant.ts");
  const outcome = await exchangeCode(dependencies, callback);
  if (outcome.kind === "refused") throw new AppError({ kind: "connect_refused" });
  if (outcome.kind === "app_refused") throw new AppError({ kind: "oura_app_refused" });
  if (outcome.kind === "uncertain") throw new AppError({ kind: "oura_unavailable", status: outcome.status });
  const { tokens } = outcome;
  const { ouraUserId, scopes } = await readGrant(dependencies, tokens, callback.scope);
  if (scopes.names.length === 0) {
    await revokeAtOura(dependencies, tokens.accessToken);
    return { kind: "nothing_granted" };
  }
  switch (await dependencies.owners.claimOwner(ouraUserId)) {
    case "claimed":
      await dependencies.connection.connect(tokens, scopes);
      return { kind: "connected" };
    case "taken":
      await holdTokens(dependencies, tokens, scopes, ouraUserId);
      return { kind: "taken" };
    case "no_place":
      await revokeAtOura(dependencies, tokens.accessToken);
      return { kind: "no_place" };
  }
}

/**
 * Moves the connection to an Oura account from another account of this service to this account. The other account's
 * tokens are deleted first, so two accounts never use one Oura account. If a later step fails, the person can try
 * again.
 * @param loseConnection Called with the id of the account that loses the connection
 */
export async function finishTakeOver(
  dependencies: ConnectingDependencies,
  loseConnection: (accountId: string) => Promise<void>,
): Promise<void> {
  const lapsesAt = heldTokensLapseAt(dependencies);
  const held = await readHeldTokens(dependencies);
  if (held === null || lapsesAt === null || lapsesAt <= dependencies.now()) {
    throw new AppError({ kind: "connect_expired" });
  }
  const { ouraUserId, scopes: names, areProven, ...tokens } = held;
  const holder = await dependencies.owners.findHolder(ouraUserId);
  if (holder) await loseConnection(holder);
  if ((await dependencies.owners.takeOver(ouraUserId)) === "no_place") throw new AppError({ kind: "not_registered" });
  await dependencies.connection.connect({ ...tokens, scopes: names }, { names, areProven });
  dependencies.storage.delete(heldKey);
}

/**
 * When the kept tokens must be deleted (epoch ms); null when none are kept. Tokens are kept while the person decides
 * whether to move a connection from another account to this account.
 */
export function heldTokensLapseAt({ storage }: Pick<ConnectingDependencies, "storage">): number | null {
  const stored = heldRecord.safeParse(storage.get(heldKey));
  return stored.success ? stored.data.until : null;
}

/**
 * Deletes the tokens that are kept while the person decides whether to move a connection from another account to this
 * account. The function also revokes these tokens at Oura. It does so even if the person's time to decide is over.
 */
export async function dropHeldTokens(dependencies: ConnectingDependencies): Promise<void> {
  const reading = readHeldTokens(dependencies);
  dependencies.storage.delete(heldKey);
  const held = await reading;
  if (held) await revokeAtOura(dependencies, held.accessToken);
}

async function readHeldTokens(dependencies: ConnectingDependencies): Promise<z.infer<typeof heldTokens> | null> {
  const { storage, tokenKeys } = dependencies;
  const stored = heldRecord.safeParse(storage.get(heldKey));
  if (!stored.success) return null;
  const text = await open(tokenKeys, context(dependencies), stored.data.sealed);
  return text === null ? null : heldTokens.parse(JSON.parse(text));
}

async function holdTokens(
  dependencies: ConnectingDependencies,
  tokens: OuraTokens,
  { names: scopes, areProven }: GrantedScopes,
  ouraUserId: string,
): Promise<void> {
  const { storage, tokenKeys, now } = dependencies;
  const text = JSON.stringify({ ...tokens, scopes, areProven, ouraUserId });
  const sealed = await seal(tokenKeys, context(dependencies), text);
  storage.put(heldKey, { sealed, until: now() + heldMilliseconds });
}

function context({ accountId }: ConnectingDependencies) {
  return { purpose: "oura-tokens", subject: accountId } as const;
}

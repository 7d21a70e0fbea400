import * as z from "zod";
import { open, type SealingKey, seal } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import { exchangeCode, type OAuthDependencies, type OuraTokens, revokeAtOura } from "../oura/oauth.ts";
import { scopeNames } from "../oura/scopes.ts";
import type { Transport } from "../oura/transport.ts";
import type { Connection, GrantedScopes } from "./connection.ts";

/** What Ringbridge needs to complete a connection after Oura's permission page has redirected the person back. */
export interface OuraCallback {
  code: string;
  redirectUri: string;
  verifier: string;
  /**
   * The scopes that the redirect names. These scopes are used if the token response names none. Null if the redirect
   * names none either.
   */
  scope: string | null;
}

export type ConnectResult =
  | { kind: "connected" }
  /** The person granted no permission at Oura, so the grant was revoked. */
  | { kind: "nothing_granted" }
  /**
   * Another account of this service already uses this Oura account. The new tokens are kept encrypted for ten minutes,
   * until the person decides whether to move the connection to this account.
   */
  | { kind: "taken" }
  /**
   * This account has no place (no slot among the limited number of accounts that may connect). No other account of this
   * service uses this Oura account either. The grant was revoked.
   */
  | { kind: "no_place" };

/** The registry's record of which account of this service uses which Oura account. */
export interface OwnerRegistry {
  claimOwner(ouraUserId: string): Promise<"claimed" | "taken" | "no_place">;
  /** Returns the id of the other account of this service that uses this Oura account; null when there is none. */
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
  areProven: z.boolean().default(false),
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
 * The last step of connecting: exchanges the code for tokens, records that this account uses the Oura account, and
 * stores the tokens.
 */
export async function finishConnecting(
  dependencies: ConnectingDependencies,
  callback: OuraCallback,
): Promise<ConnectResult> {
  // The module is loaded only here, because it needs Oura's schemas. A worker starts faster without them.
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
 * Moves a connection to this account from the account that has it. The other account loses its tokens first, so two
 * accounts never have the connection. If a later step fails, the person can try again.
 * @param loseConnection Called with the id of the account that has the connection
 */
export async function finishTakeOver(
  dependencies: ConnectingDependencies,
  loseConnection: (accountId: string) => Promise<void>,
): Promise<void> {
  const lapsesAt = heldTokensLapseAt(dependencies);
  const held = readHeldTokens(dependencies);
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
 * When the kept tokens expire (epoch ms); null when none are kept. Tokens are kept while the person decides whether to
 * move a connection to this account.
 */
export function heldTokensLapseAt({ storage }: Pick<ConnectingDependencies, "storage">): number | null {
  const stored = heldRecord.safeParse(storage.get(heldKey));
  return stored.success ? stored.data.until : null;
}

/**
 * Deletes the tokens that are kept while the person decides about moving a connection. Also revokes the tokens at Oura,
 * even if the time to decide is over.
 */
export async function dropHeldTokens(dependencies: ConnectingDependencies): Promise<void> {
  const held = readHeldTokens(dependencies);
  dependencies.storage.delete(heldKey);
  if (held) await revokeAtOura(dependencies, held.accessToken);
}

function readHeldTokens(dependencies: ConnectingDependencies): z.infer<typeof heldTokens> | null {
  const { storage, tokenKeys } = dependencies;
  const stored = heldRecord.safeParse(storage.get(heldKey));
  if (!stored.success) return null;
  const text = open(tokenKeys, context(dependencies), stored.data.sealed);
  return text === null ? null : heldTokens.parse(JSON.parse(text));
}

async function holdTokens(
  dependencies: ConnectingDependencies,
  tokens: OuraTokens,
  { names: scopes, areProven }: GrantedScopes,
  ouraUserId: string,
): Promise<void> {
  const { storage, tokenKeys, now } = dependencies;
  const sealed = seal(tokenKeys, context(dependencies), JSON.stringify({ ...tokens, scopes, areProven, ouraUserId }));
  storage.put(heldKey, { sealed, until: now() + heldMilliseconds });
}

function context({ accountId }: ConnectingDependencies) {
  return { purpose: "oura-tokens", subject: accountId } as const;
}

import * as z from "zod/mini";
import type { SealingKey } from "../crypto/seal.ts";
import { equalSecrets, hashSecret, randomId } from "../crypto/secrets.ts";
import { scopeNames } from "../oura/scopes.ts";
import type { Assistant } from "./assistants.ts";
import { readUserId, writeUserId } from "./user-id.ts";

/**
 * An access token for a program that cannot open a browser: `ringbridge_` and 100 characters of base32. They are the
 * account id with its tag, the id of the token's record, and a secret. The id and the tag lead to the account's agent
 * without a search, and an invented token reaches none. It has no colon, because the OAuth provider takes a text with
 * two colons for a token of its own.
 */
export interface AccessToken {
  accountId: string;
  /** The record that lists the token among the assistants. */
  assistantId: string;
  /** SHA-256 of the whole token. */
  hash: string;
}

export const accessTokenPrefix = "ringbridge_";
/** 160 bits, as in an account key. */
const secretBytes = 20;
const letter = "[0-9a-hjkmnp-tv-z]";
const wholeToken = new RegExp(`^${accessTokenPrefix}(${letter}{26})(${letter}{16})(${letter}{26})${letter}{32}$`);
const recordId = new RegExp(`^${letter}{26}$`);

/** A new id of a record. The page with the form chooses it, so that a form sent twice makes one token. */
export function createRecordId(): string {
  return randomId(16);
}

export function isRecordId(text: string): boolean {
  return recordId.test(text);
}

/** A new token, as text and with its hash. Only the hash may be stored. */
export async function writeAccessToken(
  tokenKeys: readonly SealingKey[],
  accountId: string,
  assistantId: string,
): Promise<{ text: string; hash: string }> {
  const userId = (await writeUserId(tokenKeys, accountId)).replace(".", "");
  const text = `${accessTokenPrefix}${userId}${assistantId}${randomId(secretBytes)}`;
  return { text, hash: await hashSecret(text) };
}

/** The parts of a token; null when its form or its tag is wrong. */
export async function readAccessToken(tokenKeys: readonly SealingKey[], text: string): Promise<AccessToken | null> {
  const [, account = "", tag = "", assistantId = ""] = wholeToken.exec(text) ?? [];
  const user = await readUserId(tokenKeys, `${account}.${tag}`);
  if (user.kind !== "tagged") return null;
  return { accountId: user.accountId, assistantId, hash: await hashSecret(text) };
}

/**
 * The result of checking a token. Without the right secret it is always `unknown`, so nobody else learns that a token has
 * expired or was revoked.
 */
export const accessTokenVerdict = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("valid"), scopes: z.array(z.enum(scopeNames)) }),
  z.object({ kind: z.literal("expired") }),
  z.object({ kind: z.literal("revoked") }),
  z.object({ kind: z.literal("unknown") }),
]);
export type AccessTokenVerdict = z.infer<typeof accessTokenVerdict>;

/** @param assistant the record that the token names; null when there is none */
export function judgeAccessToken(assistant: Assistant | null, hash: string, now: number): AccessTokenVerdict {
  const token = assistant?.accessToken ?? null;
  if (assistant === null || token === null || !equalSecrets(token.hash, hash)) return { kind: "unknown" };
  if (assistant.revokedAt !== null) return { kind: "revoked" };
  return token.expiresAt <= now ? { kind: "expired" } : { kind: "valid", scopes: assistant.scopes };
}

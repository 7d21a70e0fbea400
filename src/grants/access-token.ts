import * as z from "zod/mini";
import type { SealingKey } from "../crypto/seal.ts";
import { equalSecrets, hashSecret, randomId } from "../crypto/secrets.ts";
import { scopeNames } from "../oura/scopes.ts";
import type { Assistant } from "./assistants.ts";
import { readUserId, writeUserId } from "./user-id.ts";

/**
 * An access token for a program that cannot open a browser. Its text is `ringbridge_` and 100 characters of base32: the
 * account id with its tag, the id of the token's record, and a secret. With the account id, the account's Durable
 * Object is found without a search. The tag is a keyed hash of the account id. A token with an invented account id has
 * a wrong tag and is refused before any object is called. The text has no colon, because the OAuth provider takes a
 * text with two colons for a token of its own.
 */
export interface AccessToken {
  accountId: string;
  /** The id of the record that lists this token among the account's assistants. */
  assistantId: string;
  /** The SHA-256 hash of the token's whole text. */
  hash: string;
}

export const accessTokenPrefix = "ringbridge_";
/** 160 bits, as in an account key. */
const secretBytes = 20;
const letter = "[0-9a-hjkmnp-tv-z]";
const wholeToken = new RegExp(`^${accessTokenPrefix}(${letter}{26})(${letter}{16})(${letter}{26})${letter}{32}$`);
const recordId = new RegExp(`^${letter}{26}$`);

/**
 * The id is chosen when the page with the form is made. If the form is then sent twice, both requests have the same id,
 * so only one token is kept.
 */
export function createRecordId(): string {
  return randomId(16);
}

export function isRecordId(text: string): boolean {
  return recordId.test(text);
}

/** Only the hash may be stored. */
export async function writeAccessToken(
  tokenKeys: readonly SealingKey[],
  accountId: string,
  assistantId: string,
): Promise<{ text: string; hash: string }> {
  const userId = (await writeUserId(tokenKeys, accountId)).replace(".", "");
  const text = `${accessTokenPrefix}${userId}${assistantId}${randomId(secretBytes)}`;
  return { text, hash: await hashSecret(text) };
}

/**
 * Reads the parts of an access token from its text. The result is null when the text does not have the form of a token,
 * or when its tag is wrong.
 */
export async function readAccessToken(tokenKeys: readonly SealingKey[], text: string): Promise<AccessToken | null> {
  const [, account = "", tag = "", assistantId = ""] = wholeToken.exec(text) ?? [];
  const user = await readUserId(tokenKeys, `${account}.${tag}`);
  if (user.kind !== "tagged") return null;
  return { accountId: user.accountId, assistantId, hash: await hashSecret(text) };
}

/**
 * A token with a wrong secret is always `unknown`. So only somebody who knows the secret can learn that the token has
 * expired or was revoked.
 */
export const accessTokenVerdict = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("valid"), scopes: z.array(z.enum(scopeNames)) }),
  z.object({ kind: z.literal("expired") }),
  z.object({ kind: z.literal("revoked") }),
  z.object({ kind: z.literal("unknown") }),
]);
export type AccessTokenVerdict = z.infer<typeof accessTokenVerdict>;

/** @param assistant the stored record with the id that the token contains; null when no such record exists */
export function judgeAccessToken(assistant: Assistant | null, hash: string, now: number): AccessTokenVerdict {
  const token = assistant?.accessToken ?? null;
  if (assistant === null || token === null || !equalSecrets(token.hash, hash)) return { kind: "unknown" };
  if (assistant.revokedAt !== null) return { kind: "revoked" };
  return token.expiresAt <= now ? { kind: "expired" } : { kind: "valid", scopes: assistant.scopes };
}

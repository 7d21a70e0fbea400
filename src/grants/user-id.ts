import type { SealingKey } from "../crypto/seal.ts";
import { isTagOf, writeTag } from "../crypto/tags.ts";

/**
 * The user id in the OAuth provider: the account id and a tag (a keyed hash), as `<account>.<tag>`. Every code and
 * token begins with the user id. An invented user id has a wrong tag and is refused before any storage is read or
 * written. So an invented user id cannot create a Durable Object.
 */
export type UserId =
  | { kind: "tagged"; accountId: string }
  /** A user id that version 0.1.0 wrote: the account id without a tag. The person's grants are in Workers KV. */
  | { kind: "untagged"; accountId: string }
  | { kind: "forged" };

const tagged = /^([0-9a-hjkmnp-tv-z]{26})\.([0-9a-hjkmnp-tv-z]{16})$/;
const untagged = /^[0-9a-hjkmnp-tv-z]{26}$/;

export async function writeUserId(tokenKeys: readonly SealingKey[], accountId: string): Promise<string> {
  return `${accountId}.${await writeTag(tokenKeys, "user-id", accountId)}`;
}

export async function readUserId(tokenKeys: readonly SealingKey[], userId: string): Promise<UserId> {
  if (untagged.test(userId)) return { kind: "untagged", accountId: userId };
  const [, accountId = "", tag = ""] = tagged.exec(userId) ?? [];
  if (accountId === "" || !(await isTagOf(tokenKeys, "user-id", accountId, tag))) return { kind: "forged" };
  return { kind: "tagged", accountId };
}

import type { SealingKey } from "../crypto/seal.ts";
import { isTagOf, writeTag } from "../crypto/tags.ts";

/**
 * The OAuth user id: the account id and a tag, `<account>.<tag>`. It is the first part of every code and token. An
 * invented id has a wrong tag and is refused before anything is stored or read, so it creates no object.
 */
export type UserId =
  | { kind: "tagged"; accountId: string }
  /** Written by 0.1.0: the account id alone. Its grants are in Workers KV and in no agent. */
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

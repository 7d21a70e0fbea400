import { base32Encode } from "./base32.ts";
import { deriveKey } from "./derive-key.ts";
import type { SealingKey } from "./seal.ts";
import { equalSecrets } from "./secrets.ts";

/**
 * A tag is the first 80 bits of an HMAC-SHA-256 of a text, such as an account id. It proves that this service wrote the
 * text, so the service can refuse an invented text without reading storage. The tag alone gives no access.
 */
const tagBytes = 10;

export async function writeTag(ring: readonly SealingKey[], purpose: "user-id", text: string): Promise<string> {
  const [first] = ring;
  if (!first) throw new Error("the key ring is empty");
  return tagUnder(first, purpose, text);
}

/**
 * Whether `tag` is a tag of the text. The tag may have been made with any key of the ring (the list of the operator's
 * keys). So tags of older keys stay valid after the operator has put a new key first.
 */
export async function isTagOf(
  ring: readonly SealingKey[],
  purpose: "user-id",
  text: string,
  tag: string,
): Promise<boolean> {
  for (const key of ring) if (equalSecrets(await tagUnder(key, purpose, text), tag)) return true;
  return false;
}

async function tagUnder({ key }: SealingKey, purpose: string, text: string): Promise<string> {
  const derived = await deriveKey(key, `${purpose}/`, { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]);
  const digest = await crypto.subtle.sign("HMAC", derived, new TextEncoder().encode(text));
  return base32Encode(new Uint8Array(digest, 0, tagBytes));
}

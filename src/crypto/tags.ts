import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { base32Encode } from "./base32.ts";
import type { SealingKey } from "./seal.ts";

/**
 * The length of a tag in bytes. A tag proves that this service wrote a text. It is the first 80 bits of an
 * HMAC-SHA-256, in base32. A tag hides nothing and gives no access. It only distinguishes this service's own texts from
 * invented texts, without reading storage.
 */
const tagBytes = 10;

/** The tag of `text` under the first key of the ring (the list of the operator's keys). */
export function writeTag(ring: readonly SealingKey[], purpose: "user-id", text: string): string {
  const [first] = ring;
  if (!first) throw new Error("the key ring is empty");
  return tagUnder(first, purpose, text);
}

/**
 * Whether any key of the ring (the list of the operator's keys) wrote the tag. Tags of older keys stay valid after a
 * new key has been put first.
 */
export function isTagOf(ring: readonly SealingKey[], purpose: "user-id", text: string, tag: string): boolean {
  const given = Buffer.from(tag);
  return ring.some((key) => {
    const own = Buffer.from(tagUnder(key, purpose, text));
    return own.length === given.length && timingSafeEqual(own, given);
  });
}

function tagUnder({ key }: SealingKey, purpose: string, text: string): string {
  const derived = new Uint8Array(hkdfSync("sha256", key, new Uint8Array(32), `ringbridge/${purpose}/`, 32));
  const digest = createHmac("sha256", derived).update(text, "utf8").digest();
  return base32Encode(new Uint8Array(digest.subarray(0, tagBytes)));
}

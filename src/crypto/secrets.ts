import { base32Encode } from "./base32.ts";

/**
 * Writes `bytes` random bytes as lower-case base32. The text contains no colon and is safe in URLs, cookies, file names
 * and OAuth user ids.
 */
export function randomId(bytes: number): string {
  return base32Encode(crypto.getRandomValues(new Uint8Array(bytes)));
}

/**
 * The SHA-256 hash of a high-entropy secret, in hexadecimal. It must not be used for passwords, because a fast hash can
 * be brute-forced.
 */
export async function hashSecret(secret: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)));
}

/** The HMAC-SHA-256 of `text` under a raw key, in hexadecimal. */
export async function keyedHash(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", hmac, new TextEncoder().encode(text)));
}

/**
 * Compares two secrets in constant time. The time depends only on their lengths, so it reveals nothing about their
 * contents.
 */
export function equalSecrets(left: string, right: string): boolean {
  const a = new TextEncoder().encode(left);
  const b = new TextEncoder().encode(right);
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

function hex(buffer: ArrayBuffer): string {
  return new Uint8Array(buffer).toHex();
}

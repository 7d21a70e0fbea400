import { base32Encode } from "./base32.ts";

/**
 * The id is lower-case base32. It has only letters and digits, so it can be used in URLs, cookies, file names and OAuth
 * user ids.
 */
export function randomId(bytes: number): string {
  return base32Encode(crypto.getRandomValues(new Uint8Array(bytes)));
}

/**
 * SHA-256, in hexadecimal. Do not use it for passwords that people choose: the hash is fast to compute, so short
 * passwords could be found by trying.
 */
export async function hashSecret(secret: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)));
}

/** HMAC-SHA-256, in hexadecimal. */
export async function keyedHash(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", hmac, new TextEncoder().encode(text)));
}

/**
 * The time of the comparison depends only on the lengths, so it does not reveal how many characters of a guess are
 * right.
 */
export function equalSecrets(left: string, right: string): boolean {
  const a = new TextEncoder().encode(left);
  const b = new TextEncoder().encode(right);
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

function hex(buffer: ArrayBuffer): string {
  return new Uint8Array(buffer).toHex();
}

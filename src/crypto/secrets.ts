import { base32Encode } from "./base32.ts";

/** `bytes` random bytes as lower-case base32, safe in URLs, cookies, file names and OAuth user ids (no colon). */
export function randomId(bytes: number): string {
  return base32Encode(crypto.getRandomValues(new Uint8Array(bytes)));
}

/** SHA-256 of a high-entropy secret, in hexadecimal. Not for passwords: a fast hash can be brute-forced. */
export async function hashSecret(secret: string): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)));
}

/** HMAC-SHA-256 of `text` under a raw key, in hexadecimal. */
export async function keyedHash(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const hmac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", hmac, new TextEncoder().encode(text)));
}

/** Constant-time comparison: its time depends only on the lengths. */
export function equalSecrets(left: string, right: string): boolean {
  const a = new TextEncoder().encode(left);
  const b = new TextEncoder().encode(right);
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}

function hex(buffer: ArrayBuffer): string {
  return new Uint8Array(buffer).toHex();
}

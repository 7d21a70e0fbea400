/**
 * Derives a key with HKDF-SHA-256 without a salt, which means a salt of 32 zero bytes (RFC 5869 §2.2).
 * @param use what the key is for; each use gets a different key
 */
export async function deriveKey(
  key: Uint8Array<ArrayBuffer>,
  use: string,
  algorithm: { name: "AES-GCM"; length: 256 } | { name: "HMAC"; hash: "SHA-256"; length: 256 },
  usages: ("encrypt" | "decrypt" | "sign")[],
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`ringbridge/${use}`);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info };
  return crypto.subtle.deriveKey(derivation, material, algorithm, false, usages);
}

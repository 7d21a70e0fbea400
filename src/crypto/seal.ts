import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

/**
 * One of the operator's keys for sealing, which is authenticated encryption (AES-256-GCM). Sealing protects stored Oura
 * tokens and everything secret that is sent to a browser. Each purpose and subject has its own key, derived from the
 * operator's key with HKDF (RFC 5869). A sealed text that is copied to another account or another cookie therefore
 * cannot be decrypted.
 */
export interface SealingKey {
  /**
   * The id of the key. It is part of every sealed text, so that old texts can still be decrypted after a new key has
   * been put first.
   */
  id: string;
  /** The key, 32 bytes long. */
  key: Uint8Array<ArrayBuffer>;
}

/** What a sealed text is for. Both fields go into the derived key and into the authenticated data. */
export interface SealingContext {
  purpose: "oura-tokens" | "session" | "ceremony" | "connect" | "new-account";
  /** The account id, or "" where no account is known yet. */
  subject: string;
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a text with the first key of the ring (the list of the operator's keys). The result is `v1.<key
 * id>.<nonce>.<ciphertext and tag>` in base64url. The function is synchronous, so that new tokens are stored in the
 * same turn of the event loop in which Oura's answer is read.
 */
export function seal(ring: readonly SealingKey[], context: SealingContext, plaintext: string): string {
  const [first] = ring;
  if (!first) throw new Error("the key ring is empty");
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const cipher = createCipheriv(algorithm, deriveKey(first.key, context), nonce, { authTagLength: tagBytes });
  cipher.setAAD(authenticatedData(first.id, context));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return ["v1", first.id, base64url(nonce), base64url(ciphertext)].join(".");
}

/**
 * Decrypts a sealed text. Null when the text is truncated, modified or sealed for another context, or when its key is
 * not in the ring (the list of the operator's keys).
 */
export function open(ring: readonly SealingKey[], context: SealingContext, sealed: string): string | null {
  const [version, id, nonceText, ciphertextText, ...rest] = sealed.split(".");
  const found = ring.find((candidate) => candidate.id === id);
  if (version !== "v1" || !found || !nonceText || !ciphertextText || rest.length > 0) return null;
  try {
    const nonce = Uint8Array.fromBase64(nonceText, { alphabet: "base64url" });
    const data = Uint8Array.fromBase64(ciphertextText, { alphabet: "base64url" });
    // The length is checked because Node accepts a tag of any length, and a shorter tag is easier to forge.
    if (nonce.length !== nonceBytes || data.length < tagBytes) return null;
    const decipher = createDecipheriv(algorithm, deriveKey(found.key, context), nonce, { authTagLength: tagBytes });
    decipher.setAAD(authenticatedData(found.id, context));
    decipher.setAuthTag(data.subarray(-tagBytes));
    return Buffer.concat([decipher.update(data.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null; // a wrong tag or bad base64: this service did not write the text
  }
}

/**
 * Whether a sealed text was encrypted with the first key of the ring (the list of the operator's keys). If it was not,
 * the caller should seal the text again.
 */
export function isSealedWithFirstKey(ring: readonly SealingKey[], sealed: string): boolean {
  return sealed.split(".")[1] === ring[0]?.id;
}

/** Derives a key with HKDF-SHA-256. There is no salt, which means a salt of 32 zero bytes (RFC 5869 §2.2). */
function deriveKey(key: Uint8Array, context: SealingContext): Uint8Array {
  return new Uint8Array(
    hkdfSync("sha256", key, new Uint8Array(32), `ringbridge/${context.purpose}/${context.subject}`, 32),
  );
}

function authenticatedData(keyId: string, context: SealingContext) {
  return new TextEncoder().encode(`v1/${keyId}/${context.purpose}/${context.subject}`);
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

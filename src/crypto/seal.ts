import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";

/**
 * Authenticated encryption for everything stored at rest or sent to a browser: AES-256-GCM. Each purpose and subject
 * has its own key, derived with HKDF (RFC 5869) from the operator's key ring, so that a sealed text copied to another
 * account or another cookie cannot be decrypted.
 */
export interface SealingKey {
  /** Part of every sealed text, so that old texts can still be decrypted after a new key is put first. */
  id: string;
  /** 32 bytes. */
  key: Uint8Array<ArrayBuffer>;
}

/** What a sealed text is for: both parts go into the derived key and into the authenticated data. */
export interface SealingContext {
  purpose: "oura-tokens" | "session" | "ceremony" | "connect" | "new-account";
  /** The account id, or "" where no account is known yet. */
  subject: string;
}

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts to `v1.<key id>.<nonce>.<ciphertext and tag>`, base64url, with the first key of the ring. Synchronous, so
 * that a new token pair is stored in the same turn of the event loop in which Oura's answer is read.
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
 * The plaintext, or null when the text is truncated, modified, sealed for another context, or its key is not in the
 * ring.
 */
export function open(ring: readonly SealingKey[], context: SealingContext, sealed: string): string | null {
  const [version, id, nonceText, ciphertextText, ...rest] = sealed.split(".");
  const found = ring.find((candidate) => candidate.id === id);
  if (version !== "v1" || !found || !nonceText || !ciphertextText || rest.length > 0) return null;
  try {
    const nonce = Uint8Array.fromBase64(nonceText, { alphabet: "base64url" });
    const data = Uint8Array.fromBase64(ciphertextText, { alphabet: "base64url" });
    // A shorter tag is easier to forge, and Node accepts any length it is given.
    if (nonce.length !== nonceBytes || data.length < tagBytes) return null;
    const decipher = createDecipheriv(algorithm, deriveKey(found.key, context), nonce, { authTagLength: tagBytes });
    decipher.setAAD(authenticatedData(found.id, context));
    decipher.setAuthTag(data.subarray(-tagBytes));
    return Buffer.concat([decipher.update(data.subarray(0, -tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null; // a wrong tag or bad base64: in both cases we did not write this text
  }
}

/** Whether a sealed text was encrypted with the ring's first key. If not, the caller should seal it again. */
export function isSealedWithFirstKey(ring: readonly SealingKey[], sealed: string): boolean {
  return sealed.split(".")[1] === ring[0]?.id;
}

/** HKDF-SHA-256 without a salt, which means a salt of 32 zero bytes (RFC 5869 §2.2). */
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

import { deriveKey } from "./derive-key.ts";

/**
 * One of the operator's keys for sealing, which is authenticated encryption (AES-256-GCM). Sealing protects stored Oura
 * tokens and everything secret that is sent to a browser. For each purpose and each account, a separate key is derived
 * from the operator's key with HKDF (RFC 5869). So if somebody copies a sealed text to another account or into another
 * cookie, it cannot be decrypted there.
 */
export interface SealingKey {
  /**
   * Every sealed text contains the id of its key. So after the operator has added a new key, the server still finds the
   * key for older texts.
   */
  id: string;
  /** 32 bytes. */
  key: Uint8Array<ArrayBuffer>;
}

/**
 * What a sealed (encrypted) text is for. To decrypt a text, `purpose` and `subject` must be the same as when the text
 * was encrypted, because both go into the derived key and into the authenticated data.
 */
export interface SealingContext {
  purpose: "oura-tokens" | "session" | "ceremony" | "connect" | "new-account";
  /** The account id, or "" where no account is known yet. */
  subject: string;
}

const nonceBytes = 12;

/**
 * Encrypts a text with the first key of the ring (the list of the operator's keys). The result is `v1.<key
 * id>.<nonce>.<ciphertext and tag>` in base64url. In workerd, awaiting the result does not end the current turn of the
 * event loop. Code that refreshes tokens relies on this: it must store new tokens in the same turn in which it reads
 * Oura's answer.
 */
export async function seal(ring: readonly SealingKey[], context: SealingContext, plaintext: string): Promise<string> {
  const [first] = ring;
  if (!first) throw new Error("the key ring is empty");
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const key = await deriveSealingKey(first, context);
  const ciphertext = await crypto.subtle.encrypt(
    parameters(nonce, first.id, context),
    key,
    new TextEncoder().encode(plaintext),
  );
  return ["v1", first.id, base64url(nonce), base64url(new Uint8Array(ciphertext))].join(".");
}

/**
 * Decrypts a sealed text. The result is null if the text was cut or changed, or if it was sealed for another purpose or
 * another account. It is also null if the key of the text is not in the ring (the list of the operator's keys).
 */
export async function open(
  ring: readonly SealingKey[],
  context: SealingContext,
  sealed: string,
): Promise<string | null> {
  const [version, id, nonceText, ciphertextText, ...rest] = sealed.split(".");
  const found = ring.find((candidate) => candidate.id === id);
  if (version !== "v1" || !found || !nonceText || !ciphertextText || rest.length > 0) return null;
  try {
    const nonce = Uint8Array.fromBase64(nonceText, { alphabet: "base64url" });
    const ciphertext = Uint8Array.fromBase64(ciphertextText, { alphabet: "base64url" });
    // A nonce of another length is refused. AES-GCM would accept it, but `seal` never writes one.
    if (nonce.length !== nonceBytes) return null;
    const key = await deriveSealingKey(found, context);
    const plaintext = await crypto.subtle.decrypt(parameters(nonce, found.id, context), key, ciphertext);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plaintext);
  } catch {
    return null; // a wrong tag or invalid base64 means that this service did not write the text
  }
}

/**
 * Whether the text was sealed with the first key of the ring (the list of the operator's keys). If an older key of the
 * ring sealed it, the caller should seal it again with the first key.
 */
export function isSealedWithFirstKey(ring: readonly SealingKey[], sealed: string): boolean {
  return sealed.split(".")[1] === ring[0]?.id;
}

function deriveSealingKey({ key }: SealingKey, context: SealingContext): Promise<CryptoKey> {
  return deriveKey(key, `${context.purpose}/${context.subject}`, { name: "AES-GCM", length: 256 }, [
    "encrypt",
    "decrypt",
  ]);
}

/** The authentication tag has the default length of Web Cryptography, 16 bytes. */
function parameters(iv: Uint8Array<ArrayBuffer>, keyId: string, context: SealingContext) {
  const additionalData = new TextEncoder().encode(`v1/${keyId}/${context.purpose}/${context.subject}`);
  return { name: "AES-GCM", iv, additionalData };
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

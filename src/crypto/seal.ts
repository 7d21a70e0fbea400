/**
 * Authenticated encryption for everything kept at rest or handed to a browser: AES-256-GCM under a key derived with
 * HKDF (RFC 5869) from the operator's key ring, one derived key for each purpose and subject, so that a sealed text
 * moved to another account or another cookie does not open.
 */
export interface SealingKey {
  /** Named in every sealed text, so old texts still open after a new key is put first. */
  id: string;
  /** 32 bytes. */
  key: Uint8Array<ArrayBuffer>;
}

/** What a sealed text is for: both parts go into the derived key and into the authenticated data. */
export interface SealingContext {
  purpose: "oura-tokens" | "session" | "ceremony" | "connect";
  /** The account id, or "" where no account is known yet. */
  subject: string;
}

/** `v1.<key id>.<nonce>.<ciphertext>`, base64url. The first key of the ring encrypts. */
export async function seal(ring: readonly SealingKey[], context: SealingContext, plaintext: string): Promise<string> {
  const [first] = ring;
  if (!first) throw new Error("the key ring is empty");
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const key = await deriveKey(first.key, context);
  const additionalData = authenticatedData(first.id, context);
  const data = new TextEncoder().encode(plaintext);
  const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData }, key, data);
  return ["v1", first.id, base64url(nonce), base64url(new Uint8Array(ciphertext))].join(".");
}

/** The plaintext, or null when the text was cut, changed, sealed for something else, or its key left the ring. */
export async function open(
  ring: readonly SealingKey[],
  context: SealingContext,
  sealed: string,
): Promise<string | null> {
  const [version, id, nonceText, ciphertextText, ...rest] = sealed.split(".");
  const found = ring.find((candidate) => candidate.id === id);
  if (version !== "v1" || !found || !nonceText || !ciphertextText || rest.length > 0) return null;
  try {
    const iv = Uint8Array.fromBase64(nonceText, { alphabet: "base64url" });
    const data = Uint8Array.fromBase64(ciphertextText, { alphabet: "base64url" });
    const key = await deriveKey(found.key, context);
    const additionalData = authenticatedData(found.id, context);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, data));
  } catch {
    return null; // a wrong tag and bad base64 are the same to the caller: this text is not ours
  }
}

/** Whether a sealed text was made with the ring's first key; if not, seal it anew. */
export function isSealedWithFirstKey(ring: readonly SealingKey[], sealed: string): boolean {
  return sealed.split(".")[1] === ring[0]?.id;
}

async function deriveKey(key: Uint8Array<ArrayBuffer>, context: SealingContext): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`ringbridge/${context.purpose}/${context.subject}`);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function authenticatedData(keyId: string, context: SealingContext) {
  return new TextEncoder().encode(`v1/${keyId}/${context.purpose}/${context.subject}`);
}

function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

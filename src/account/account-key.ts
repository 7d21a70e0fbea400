import { base32Decode, base32Encode } from "../crypto/base32.ts";

/**
 * The account key signs in a browser without passkeys and recovers an account whose passkeys are lost. It holds the
 * account id (16 bytes) and a secret (20 random bytes). Groups of characters make it easy to copy from paper. Only the
 * secret's hash is stored.
 */
export interface AccountKey {
  accountId: string;
  /** 160 random bits, base32. */
  secret: string;
}

const idBytes = 16;
const secretBytes = 20;
const groupLength = 6;

export function createAccountKey(accountId: string): AccountKey & { text: string } {
  const secret = crypto.getRandomValues(new Uint8Array(secretBytes));
  const id = base32Decode(accountId)?.slice(0, idBytes) ?? new Uint8Array(idBytes);
  const characters = base32Encode(new Uint8Array([...id, ...secret]));
  const groups = characters.match(new RegExp(`.{1,${groupLength}}`, "g")) ?? [];
  return { accountId, secret: base32Encode(secret), text: groups.join("-") };
}

/** Parses a typed key; case, spaces and dashes do not matter. Null when it is not a well-formed key. */
export function parseAccountKey(text: string): AccountKey | null {
  const bytes = base32Decode(text.replace(/[\s-]/g, ""));
  if (bytes?.byteLength !== idBytes + secretBytes) return null;
  return { accountId: base32Encode(bytes.slice(0, idBytes)), secret: base32Encode(bytes.slice(idBytes)) };
}

/**
 * 128 random bits. The account id is also the WebAuthn user handle and the OAuth user id, so it must not identify a
 * person.
 */
export function createAccountId(): string {
  return base32Encode(crypto.getRandomValues(new Uint8Array(idBytes)));
}

/** The account id as a WebAuthn user handle; {@link accountIdFromHandle} is the inverse. */
export function accountIdToHandle(accountId: string): Uint8Array<ArrayBuffer> {
  return base32Decode(accountId) ?? new Uint8Array();
}

export function accountIdFromHandle(handle: string): string | null {
  try {
    const bytes = Uint8Array.fromBase64(handle, { alphabet: "base64url" });
    return bytes.byteLength === idBytes ? base32Encode(bytes) : null;
  } catch {
    return null;
  }
}

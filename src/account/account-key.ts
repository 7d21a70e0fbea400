import { base32Decode, base32Encode } from "../crypto/base32.ts";

/**
 * The parts of an account key: the account id (16 bytes) and a secret (20 random bytes). With the key, a person can
 * sign in without a passkey, for example after all passkeys are lost. The text of the key is divided into groups of
 * characters, so that it is easy to copy from paper. Only the hash of the secret is stored.
 */
export interface AccountKey {
  accountId: string;
  /** 160 random bits in base32. */
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

/**
 * Reads an account key that a person has typed. Capitals, spaces and dashes do not matter. The result is null when the
 * text does not have the form of a key.
 */
export function parseAccountKey(text: string): AccountKey | null {
  const bytes = base32Decode(text.replace(/[\s-]/g, ""));
  if (bytes?.byteLength !== idBytes + secretBytes) return null;
  return { accountId: base32Encode(bytes.slice(0, idBytes)), secret: base32Encode(bytes.slice(idBytes)) };
}

/**
 * The id has 128 random bits. Passkeys and OAuth clients get it as the user's id (the WebAuthn user handle and the
 * OAuth user id), so it must not contain anything about the person.
 */
export function createAccountId(): string {
  return base32Encode(crypto.getRandomValues(new Uint8Array(idBytes)));
}

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

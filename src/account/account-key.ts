import { base32Decode, base32Encode } from "../crypto/base32.ts";

/**
 * The account key: the way in for browsers without passkeys, and the way back in for everybody. It names the account (16
 * bytes) and proves it (20 random bytes), written in groups that survive paper. Only the secret's hash is kept.
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

/** Reads a typed key, forgiving case, spaces and dashes; null when it cannot be one. */
export function parseAccountKey(text: string): AccountKey | null {
  const bytes = base32Decode(text.replace(/[\s-]/g, ""));
  if (bytes?.byteLength !== idBytes + secretBytes) return null;
  return { accountId: base32Encode(bytes.slice(0, idBytes)), secret: base32Encode(bytes.slice(idBytes)) };
}

/** 128 random bits: the account id is also the WebAuthn user handle and the OAuth user id, and says nothing. */
export function createAccountId(): string {
  return base32Encode(crypto.getRandomValues(new Uint8Array(idBytes)));
}

/** The account id as WebAuthn's user handle and back. */
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

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { AppError } from "../errors.ts";
import { putOnOneLine } from "../words/one-line.ts";

export interface Passkey {
  /** In base64url. */
  id: string;
  /** The COSE key, in base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
  name: string;
  createdAt: number;
  /** Null when nobody has signed in with the passkey yet. */
  lastUsedAt: number | null;
}

const longestName = 60;

/** Throws `bad_input` when the name is empty or too long. */
export function parsePasskeyName(typed: string): string {
  const name = putOnOneLine(typed);
  if (name === "" || name.length > longestName) {
    throw new AppError({ kind: "bad_input", problems: [`A passkey's name has 1 to ${longestName} characters.`] });
  }
  return name;
}

/**
 * The site to which a passkey belongs (WebAuthn calls it the relying party). A passkey works only on the host name for
 * which it was created.
 */
export interface RelyingParty {
  origin: string;
  id: string;
}

/**
 * What was sent to the browser for a ceremony (WebAuthn's word for creating or using a passkey once): the challenge and
 * the site.
 */
export interface Ceremony {
  challenge: string;
  relyingParty: RelyingParty;
}

/**
 * Follows WebAuthn Level 3 §7.1 and requires user verification. Throws `ceremony_failed` when the passkey is not
 * accepted.
 * @param browser becomes part of the passkey's default name
 */
export async function verifyNewPasskey(
  response: RegistrationResponseJSON,
  { challenge, relyingParty }: Ceremony,
  now: number,
  browser: string,
): Promise<Passkey> {
  const { verifyRegistrationResponse } = await import("./webauthn.ts");
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
  }).catch(asCeremonyFailure);
  if (!verified.verified) throw new AppError({ kind: "ceremony_failed" });
  const { credential } = verified.registrationInfo;
  return {
    id: credential.id,
    publicKey: credential.publicKey.toBase64({ alphabet: "base64url", omitPadding: true }),
    counter: credential.counter,
    transports: [...(credential.transports ?? [])],
    name: `Passkey from ${browser}`,
    createdAt: now,
    lastUsedAt: null,
  };
}

/**
 * Follows WebAuthn Level 3 §7.2 and requires user verification. Returns the authenticator's new counter. Throws
 * `ceremony_failed` when the response is not accepted. Throws `passkey_counted_back` when the new counter is not higher
 * than the stored one, because this can mean that the key was copied. A counter of 0 means that the authenticator does
 * not count. This is usual for services that synchronise passkeys between devices.
 */
export async function verifySignIn(
  response: AuthenticationResponseJSON,
  { challenge, relyingParty }: Ceremony,
  passkey: Passkey,
): Promise<number> {
  const { verifyAuthenticationResponse } = await import("./webauthn.ts");
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: relyingParty.origin,
    expectedRPID: relyingParty.id,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: Uint8Array.fromBase64(passkey.publicKey, { alphabet: "base64url" }),
      // With 0, the WebAuthn library does not check the counter. This function compares the counters after the
      // signature has been verified.
      counter: 0,
    },
  }).catch(asCeremonyFailure);
  if (!verified.verified) throw new AppError({ kind: "ceremony_failed" });
  const { newCounter } = verified.authenticationInfo;
  if (newCounter !== 0 && newCounter <= passkey.counter) throw new AppError({ kind: "passkey_counted_back" });
  return newCounter;
}

/**
 * Throws Ringbridge's own error with the error of the WebAuthn library as its `cause`. The user sees only Ringbridge's
 * sentence. The log gets only the kind of the failure.
 */
function asCeremonyFailure(cause: unknown): never {
  throw new AppError({ kind: "ceremony_failed" }, { cause });
}

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { AppError } from "../errors.ts";
import { putOnOneLine } from "../words/one-line.ts";

/** A passkey as stored: its public key and the values WebAuthn requires at the next sign-in. */
export interface Passkey {
  /** Credential id, base64url. */
  id: string;
  /** COSE public key, base64url. */
  publicKey: string;
  counter: number;
  transports: string[];
  name: string;
  /** Epoch ms. */
  createdAt: number;
  lastUsedAt: number | null;
}

const longestName = 60;

/** Puts a typed passkey name on one line. Throws `bad_input` when it is empty or too long. */
export function parsePasskeyName(typed: string): string {
  const name = putOnOneLine(typed);
  if (name === "" || name.length > longestName) {
    throw new AppError({ kind: "bad_input", problems: [`A passkey's name has 1 to ${longestName} characters.`] });
  }
  return name;
}

/** The site a ceremony belongs to. A passkey works only for the host name it was created for. */
export interface RelyingParty {
  origin: string;
  id: string;
}

/** The challenge and site a ceremony was started with. */
export interface Ceremony {
  challenge: string;
  relyingParty: RelyingParty;
}

/**
 * Verifies a new passkey (WebAuthn Level 3 §7.1), with user verification required; throws `ceremony_failed`.
 * @param browser where it was created; part of its default name
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
 * Verifies a sign-in (WebAuthn Level 3 §7.2) and returns the authenticator's new counter. Throws `ceremony_failed`, and
 * `passkey_counted_back` for a counter that went back, which may mean a copied key. A counter of 0 means that the
 * authenticator does not count, as after a move to a service that synchronises passkeys.
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
      counter: 0, // compared below, once the signature is known to be right
    },
  }).catch(asCeremonyFailure);
  if (!verified.verified) throw new AppError({ kind: "ceremony_failed" });
  const { newCounter } = verified.authenticationInfo;
  if (newCounter !== 0 && newCounter <= passkey.counter) throw new AppError({ kind: "passkey_counted_back" });
  return newCounter;
}

/**
 * The library's message is kept only as the cause: the user sees our own sentence, and the log records the failure
 * kind.
 */
function asCeremonyFailure(cause: unknown): never {
  throw new AppError({ kind: "ceremony_failed" }, { cause });
}

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { AppError } from "../errors.ts";
import { type AccountStore, proveWithPasskey } from "./account.ts";
import { type Ceremony, verifyNewPasskey } from "./passkeys.ts";
import type { SessionStore } from "./sessions.ts";

export interface NewSession {
  /** Stored only in the browser's sealed cookie. */
  sessionSecret: string;
}

/** A ceremony whose challenge is accepted until `expiresAt`, once. */
export type SingleUseCeremony = Ceremony & { expiresAt: number };

interface SignInParts {
  account: AccountStore;
  sessions: SessionStore;
  now(): number;
}

/**
 * Creates an account with its first passkey.
 * @param expectAdmission throws when no further account may be created; asked only while there is none yet
 */
export async function createWithPasskey(
  parts: SignInParts,
  response: RegistrationResponseJSON,
  ceremony: Ceremony,
  browser: string,
  expectAdmission: () => Promise<void>,
): Promise<NewSession> {
  const { account, now } = parts;
  const passkey = await verifyNewPasskey(response, ceremony, now(), browser);
  if (!account.exists()) await expectAdmission();
  // The ceremony's account id is random, so an existing account means that this challenge was used before.
  if (account.exists()) throw new AppError({ kind: "ceremony_failed" });
  account.create(passkey);
  return startSession(parts, browser);
}

/**
 * Creates an account with an account key. A double submit creates one account: the second call, which must not run
 * beside the first, replaces the first one's key and session.
 * @param expectAdmission as above
 */
export async function createWithKey(
  parts: SignInParts,
  browser: string,
  expectAdmission: () => Promise<void>,
): Promise<NewSession & { accountKey: string }> {
  const { account, sessions } = parts;
  if (!account.exists()) await expectAdmission();
  account.createWithoutPasskey();
  const accountKey = await account.replaceKey();
  sessions.endAll();
  return { accountKey, ...(await startSession(parts, browser)) };
}

export async function signInWithPasskey(
  parts: SignInParts,
  response: AuthenticationResponseJSON,
  ceremony: SingleUseCeremony,
  browser: string,
): Promise<NewSession> {
  await proveWithPasskey(parts.account, response, ceremony);
  return startSession(parts, browser);
}

export async function signInWithKey(parts: SignInParts, secret: string, browser: string): Promise<NewSession> {
  await parts.account.checkKey(secret);
  return startSession(parts, browser);
}

/** Adds a passkey to the account; throws `ceremony_failed`. */
export async function addPasskey(
  { account, now }: SignInParts,
  response: RegistrationResponseJSON,
  ceremony: SingleUseCeremony,
  browser: string,
): Promise<void> {
  if (!(await account.useChallenge(ceremony.challenge, ceremony.expiresAt))) {
    throw new AppError({ kind: "ceremony_failed" });
  }
  account.addPasskey(await verifyNewPasskey(response, ceremony, now(), browser));
}

async function startSession({ account, sessions }: SignInParts, browser: string): Promise<NewSession> {
  account.noteSeen();
  return { sessionSecret: await sessions.start(browser) };
}

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { AppError } from "../errors.ts";
import { type AccountStore, proveWithPasskey } from "./account.ts";
import { type Ceremony, verifyNewPasskey } from "./passkeys.ts";
import type { SessionStore } from "./sessions.ts";

export interface NewSession {
  sessionSecret: string;
}

/** The challenge is accepted only once, and only until `expiresAt`. */
export type SingleUseCeremony = Ceremony & { expiresAt: number };

interface SignInParts {
  account: AccountStore;
  sessions: SessionStore;
  now(): number;
  /** Runs work while the account's Durable Object handles no other request. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** @param expectAdmission throws when no further account may be created today */
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
  // Each page that creates an account has a new random account id. So if the account already exists, the challenge of
  // this page was used before, and the request is refused.
  if (account.exists()) throw new AppError({ kind: "ceremony_failed" });
  account.create(passkey);
  return startSession(parts, browser);
}

/**
 * If the form is submitted twice, only one account is created: the second call replaces the key and the session of the
 * first call. The two calls do not run at the same time.
 * @param expectAdmission throws when no further account may be created today
 */
export function createWithKey(
  parts: SignInParts,
  browser: string,
  expectAdmission: () => Promise<void>,
): Promise<NewSession & { accountKey: string }> {
  const { account, sessions } = parts;
  return parts.alone(async () => {
    if (!account.exists()) await expectAdmission();
    account.createWithoutPasskey();
    const accountKey = await account.replaceKey();
    sessions.endAll();
    return { accountKey, ...(await startSession(parts, browser)) };
  });
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

/** Throws `ceremony_failed` when the passkey is not accepted or its challenge was used before. */
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

import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { accountIdFromHandle, accountIdToHandle } from "../account/account-key.ts";
import type { Ceremony, RelyingParty } from "../account/passkeys.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { AppContext } from "../web/app.ts";
import { ceremonyCookie, clearCookie, readCookie, writeCookie } from "../web/cookies.ts";
import { authenticationResponse } from "./passkey-requests.ts";

/**
 * The longest time for a passkey ceremony (one creation or use of a passkey). The challenge is kept in an encrypted
 * cookie, so the server does not have to store it.
 */
const ceremonyMilliseconds = ceremonyCookie.maxAgeSeconds * 1_000;

export function relyingPartyOf(c: AppContext): RelyingParty {
  const origin = c.get("origin");
  return { origin, id: new URL(origin).hostname };
}

/**
 * Options with which the browser creates a passkey. The user handle, by which WebAuthn identifies the user, is the
 * account id.
 */
export async function beginCreation(
  c: AppContext,
  purpose: "create" | "add",
  accountId: string,
  existing: readonly string[] = [],
) {
  const { serviceName } = c.get("site");
  const { generateRegistrationOptions } = await import("../account/webauthn.ts");
  const options = await generateRegistrationOptions({
    rpName: serviceName,
    rpID: relyingPartyOf(c).id,
    userID: accountIdToHandle(accountId),
    // The device shows this name in its list of passkeys. Accounts have no names, so the date tells several passkeys
    // apart.
    userName: `${serviceName} ${new Date(now()).toISOString().slice(0, 10)}`,
    userDisplayName: serviceName,
    excludeCredentials: existing.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await remember(c, purpose, options.challenge, accountId);
  return options;
}

/**
 * @param only the only account whose passkey is accepted, when a signed-in person confirms who they are; null when
 *   every account may sign in
 */
export async function beginSignIn(
  c: AppContext,
  only: { accountId: string; passkeys: readonly string[] } | null = null,
) {
  const { generateAuthenticationOptions } = await import("../account/webauthn.ts");
  const options = await generateAuthenticationOptions({
    rpID: relyingPartyOf(c).id,
    userVerification: "required",
    ...(only ? { allowCredentials: only.passkeys.map((id) => ({ id })) } : {}),
  });
  await remember(c, "sign_in", options.challenge, only?.accountId ?? "");
  return options;
}

type TakenCeremony = Ceremony & { accountId: string; expiresAt: number };

/** Reads the passkey ceremony in which this browser creates a passkey for a new account, and deletes its cookie. */
export function takeCreation(c: AppContext): Promise<TakenCeremony> {
  return takeCeremony(c, "create");
}

/**
 * Reads the passkey ceremony in which this browser adds a passkey to an account, and deletes its cookie. Throws
 * `ceremony_failed` when the ceremony was started for another account.
 */
export async function takeAddition(c: AppContext, accountId: string): Promise<TakenCeremony> {
  const ceremony = await takeCeremony(c, "add");
  if (ceremony.accountId !== accountId) throw new AppError({ kind: "ceremony_failed" });
  return ceremony;
}

/**
 * Reads the passkey ceremony in which this browser signs in, and deletes its cookie. Also finds the account of the
 * passkey.
 * @param given what the browser sends about the passkey
 */
export async function takeSignIn(
  c: AppContext,
  given: unknown,
): Promise<{ accountId: string; response: AuthenticationResponseJSON; ceremony: TakenCeremony }> {
  const ceremony = await takeCeremony(c, "sign_in");
  const response = authenticationResponse(given);
  const accountId = accountIdFromHandle(response.response.userHandle ?? "");
  // If a signed-in person uses a passkey to confirm who they are, the passkey must be of their own account. A passkey
  // of another account must not switch them to that account.
  const isAnother = ceremony.accountId !== "" && ceremony.accountId !== accountId;
  if (accountId === null || isAnother) throw new AppError({ kind: "ceremony_failed" });
  return { accountId, response, ceremony };
}

/**
 * Reads the passkey ceremony that this browser started, and deletes its cookie, so that it works only once. Throws
 * `ceremony_failed` when there is none, or when it has expired or was started for another purpose.
 */
async function takeCeremony(c: AppContext, purpose: "create" | "sign_in" | "add"): Promise<TakenCeremony> {
  const ceremony = await readCookie(c, ceremonyCookie);
  clearCookie(c, ceremonyCookie);
  if (ceremony === null || ceremony.purpose !== purpose || ceremony.expiresAt < now()) {
    throw new AppError({ kind: "ceremony_failed" });
  }
  const { challenge, accountId, expiresAt } = ceremony;
  return { challenge, accountId, expiresAt, relyingParty: relyingPartyOf(c) };
}

function remember(
  c: AppContext,
  purpose: "create" | "sign_in" | "add",
  challenge: string,
  accountId: string,
): Promise<void> {
  return writeCookie(c, ceremonyCookie, {
    purpose,
    challenge,
    accountId,
    expiresAt: now() + ceremonyMilliseconds,
  });
}

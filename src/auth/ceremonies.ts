import { accountIdToHandle } from "../account/account-key.ts";
import type { Ceremony, RelyingParty } from "../account/passkeys.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { AppContext } from "../web/app.ts";
import { ceremonyCookie, clearCookie, readCookie, writeCookie } from "../web/cookies.ts";

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

/**
 * Reads the passkey ceremony that this browser started, and deletes its cookie, so that it works only once. Throws
 * `ceremony_failed` when there is none, or when it has expired or was started for another purpose.
 */
export async function takeCeremony(
  c: AppContext,
  purpose: "create" | "sign_in" | "add",
): Promise<Ceremony & { accountId: string; expiresAt: number }> {
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

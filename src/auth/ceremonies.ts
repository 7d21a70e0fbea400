import { accountIdToHandle } from "../account/account-key.ts";
import type { Ceremony, RelyingParty } from "../account/passkeys.ts";
import { now } from "../clock.ts";
import { AppError } from "../errors.ts";
import type { AppContext } from "../web/app.ts";
import { ceremonyCookie, clearCookie, readCookie, writeCookie } from "../web/cookies.ts";

/**
 * Starting and finishing passkey ceremonies. The challenge is in a sealed five-minute cookie, so the server stores
 * none.
 */
const ceremonyMilliseconds = ceremonyCookie.maxAgeSeconds * 1_000;

export function relyingPartyOf(c: AppContext): RelyingParty {
  const origin = c.get("origin");
  return { origin, id: new URL(origin).hostname };
}

/** Options for creating a passkey for `accountId`, which becomes the WebAuthn user handle. */
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
    // The device shows it next to the site's name. Accounts have no name, so it is the date.
    userName: `${serviceName} ${new Date(now()).toISOString().slice(0, 10)}`,
    userDisplayName: serviceName,
    excludeCredentials: existing.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  await remember(c, purpose, options.challenge, accountId);
  return options;
}

/** @param only restricts the ceremony to one account, when a signed-in person confirms their identity */
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

/** The ceremony this browser started; clears its cookie. Throws `ceremony_failed`. */
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

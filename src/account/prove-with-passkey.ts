import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { AppError } from "../errors.ts";
import type { AccountStore } from "./account.ts";
import { type Ceremony, verifySignIn } from "./passkeys.ts";

/** Holds the answer to a challenge against the account's passkeys; throws `ceremony_failed`. A challenge works once. */
export async function proveWithPasskey(
  account: AccountStore,
  response: AuthenticationResponseJSON,
  ceremony: Ceremony & { expiresAt: number },
): Promise<void> {
  const passkey = account.load().passkeys.find((known) => known.id === response.id);
  if (!passkey) throw new AppError({ kind: "ceremony_failed" });
  if (!(await account.useChallenge(ceremony.challenge, ceremony.expiresAt))) {
    throw new AppError({ kind: "ceremony_failed" });
  }
  account.touchPasskey(passkey.id, await verifySignIn(response, ceremony, passkey));
}

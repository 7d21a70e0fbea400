import * as z from "zod/mini";
import { createAccountId } from "../account/account-key.ts";
import { now } from "../clock.ts";
import { open, seal } from "../crypto/seal.ts";
import type { AppContext } from "../web/app.ts";

const lifetimeMilliseconds = 3_600_000;
const context = { purpose: "new-account", subject: "" } as const;
const ticket = z.object({ accountId: z.string(), expiresAt: z.number() });

/**
 * Chooses the id of the new account when the form is shown, and encrypts it for a hidden field of the form. If the form
 * is sent twice, both requests have the same id, so only one account is created.
 */
export async function writeNewAccountTicket(c: AppContext): Promise<string> {
  const value: z.infer<typeof ticket> = {
    accountId: createAccountId(),
    expiresAt: now() + lifetimeMilliseconds,
  };
  return seal(c.get("config").tokenKeys, context, JSON.stringify(value));
}

/** Null when the ticket (the encrypted id) is missing, forged or expired. */
export async function readNewAccountTicket(c: AppContext, text: string | undefined): Promise<string | null> {
  const opened = text === undefined ? null : await open(c.get("config").tokenKeys, context, text);
  const parsed = ticket.safeParse(opened === null ? null : JSON.parse(opened));
  return parsed.success && parsed.data.expiresAt > now() ? parsed.data.accountId : null;
}

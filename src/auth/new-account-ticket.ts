import * as z from "zod/mini";
import { createAccountId } from "../account/account-key.ts";
import { now } from "../clock.ts";
import { open, seal } from "../crypto/seal.ts";
import type { AppContext } from "../web/app.ts";

/** How long an open page can still create an account, in milliseconds. */
const lifetimeMilliseconds = 3_600_000;
const context = { purpose: "new-account", subject: "" } as const;
const ticket = z.object({ accountId: z.string(), expiresAt: z.number() });

/**
 * Chooses the new account's id when the form is shown. A form that is sent twice then creates only one account. The id
 * is sealed in a ticket, a hidden field of the form.
 */
export async function writeNewAccountTicket(c: AppContext): Promise<string> {
  const value: z.infer<typeof ticket> = {
    accountId: createAccountId(),
    expiresAt: now() + lifetimeMilliseconds,
  };
  return seal(c.get("config").tokenKeys, context, JSON.stringify(value));
}

/** Reads the account id from a form's ticket. Null when the ticket is missing, forged or expired. */
export async function readNewAccountTicket(c: AppContext, text: string | undefined): Promise<string | null> {
  const opened = text === undefined ? null : await open(c.get("config").tokenKeys, context, text);
  const parsed = ticket.safeParse(opened === null ? null : JSON.parse(opened));
  return parsed.success && parsed.data.expiresAt > now() ? parsed.data.accountId : null;
}

import * as z from "zod/mini";
import { createAccountId } from "../account/account-key.ts";
import { now } from "../clock.ts";
import { open, seal } from "../crypto/seal.ts";
import type { AppContext } from "../web/app.ts";

/** How long the form on an open page can still create an account. */
const lifetimeMilliseconds = 3_600_000;
const context = { purpose: "new-account", subject: "" } as const;
const ticket = z.object({ accountId: z.string(), expiresAt: z.number() });

/** Chooses the account id when the form is shown, so that a form sent twice creates one account. */
export async function writeNewAccountTicket(c: AppContext): Promise<string> {
  const value: z.infer<typeof ticket> = {
    accountId: createAccountId(),
    expiresAt: now() + lifetimeMilliseconds,
  };
  return seal(c.get("config").tokenKeys, context, JSON.stringify(value));
}

/** The account id in a form's ticket; null when the ticket is missing, forged or expired. */
export async function readNewAccountTicket(c: AppContext, text: string | undefined): Promise<string | null> {
  const opened = text === undefined ? null : await open(c.get("config").tokenKeys, context, text);
  const parsed = ticket.safeParse(opened === null ? null : JSON.parse(opened));
  return parsed.success && parsed.data.expiresAt > now() ? parsed.data.accountId : null;
}

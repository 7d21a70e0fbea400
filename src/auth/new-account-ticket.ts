import * as z from "zod";
import { createAccountId } from "../account/account-key.ts";
import { now } from "../clock.ts";
import { open, seal } from "../crypto/seal.ts";
import type { AppContext } from "../web/app.ts";

/** A page may stay open this long before its button makes an account. */
const lifetimeMilliseconds = 3_600_000;
const context = { purpose: "new-account", subject: "" } as const;
const ticket = z.object({ accountId: z.string(), expiresAt: z.number() });

/** Names the account a form will make before it is sent, so that the form sent twice makes one account and not two. */
export function writeNewAccountTicket(c: AppContext): string {
  const value: z.infer<typeof ticket> = {
    accountId: createAccountId(),
    expiresAt: now() + lifetimeMilliseconds,
  };
  return seal(c.get("config").tokenKeys, context, JSON.stringify(value));
}

/** The account id of a form's ticket; null for one that is missing, made up or too old. */
export function readNewAccountTicket(c: AppContext, text: string | undefined): string | null {
  const opened = text === undefined ? null : open(c.get("config").tokenKeys, context, text);
  const parsed = ticket.safeParse(opened === null ? null : JSON.parse(opened));
  return parsed.success && parsed.data.expiresAt > now() ? parsed.data.accountId : null;
}

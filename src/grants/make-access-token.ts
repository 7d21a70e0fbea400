import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import type { SealingKey } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { isRecordId, writeAccessToken } from "./access-token.ts";
import type { AssistantStore } from "./assistants.ts";

/** The most access tokens of one account that are valid at a time. */
export const mostAccessTokens = 10;
/** A form sent again within this time, as by a double click, replaces the token that nobody has seen. */
const resendMilliseconds = 10_000;
/** How long a token may live, in days. */
export const accessTokenLifetimes = [30, 90, 365] as const;
export const accessTokenLifetime = z.pipe(z.coerce.number(), z.literal(accessTokenLifetimes));

export interface AccessTokenDetails {
  /** The record's id, from the form. */
  id: string;
  name: string;
  scopes: readonly ScopeName[];
  days: (typeof accessTokenLifetimes)[number];
}

interface MakingParts {
  accountId: string;
  assistants: AssistantStore;
  config(): { tokenKeys: readonly SealingKey[] };
  now(): number;
}

/**
 * Makes an access token and returns its text, which is not stored. Throws `form_expired` when the form was sent a while
 * ago, and `too_many_access_tokens` when the account has as many as it may have.
 */
export async function makeAccessToken(parts: MakingParts, details: AccessTokenDetails): Promise<{ token: string }> {
  const { accountId, assistants, config, now } = parts;
  const { id, name, scopes, days } = details;
  if (!isRecordId(id)) throw new AppError({ kind: "bad_input", problems: ["The form could not be read."] });
  const { text, hash } = await writeAccessToken(config().tokenKeys, accountId, id);
  // Nothing waits between the checks and the write, so that two forms sent at once cannot both pass.
  const before = assistants.find(id);
  const isResent = before?.accessToken && before.createdAt + resendMilliseconds > now();
  if (before && !isResent) throw new AppError({ kind: "form_expired" });
  const others = assistants.list().filter((other) => other.id !== id && other.assistant.accessToken !== null);
  const valid = others.filter((other) => assistants.isAllowed(other.id));
  if (valid.length >= mostAccessTokens) throw new AppError({ kind: "too_many_access_tokens", most: mostAccessTokens });
  assistants.addAccessToken(id, { name, scopes, hash, expiresAt: now() + days * dayMilliseconds });
  return { token: text };
}

import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import type { SealingKey } from "../crypto/seal.ts";
import { AppError } from "../errors.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { isRecordId, writeAccessToken } from "./access-token.ts";
import type { AssistantStore } from "./assistants.ts";

/** One account may have at most this many valid access tokens at a time. */
const mostAccessTokens = 10;
/**
 * If the same form is sent again within this time, for example by a double click, a second token is made and the first
 * stops working. The person sees only the second token, because the browser shows only the last answer.
 */
const resendMilliseconds = 10_000;
/** In days. */
export const accessTokenLifetimes = [30, 90, 365] as const;
export const accessTokenLifetime = z.pipe(z.coerce.number(), z.literal(accessTokenLifetimes));

export interface AccessTokenDetails {
  /** The id comes from the form, so that a form that is sent twice has the same id. */
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
 * Returns the token's text, which is not stored. Throws `form_expired` when the same form was already sent more than
 * ten seconds ago. Throws `too_many_access_tokens` when the account has reached its limit.
 */
export async function makeAccessToken(parts: MakingParts, details: AccessTokenDetails): Promise<{ token: string }> {
  const { accountId, assistants, config, now } = parts;
  const { id, name, scopes, days } = details;
  if (!isRecordId(id)) throw new AppError({ kind: "bad_input", problems: ["The form could not be read."] });
  const { text, hash } = await writeAccessToken(config().tokenKeys, accountId, id);
  // There is no `await` between the checks and the write, so two forms that are sent at once cannot both pass the
  // checks.
  const before = assistants.find(id);
  const isResent = before?.accessToken && before.createdAt + resendMilliseconds > now();
  if (before && !isResent) throw new AppError({ kind: "form_expired" });
  const others = assistants.list().filter((other) => other.id !== id && other.assistant.accessToken !== null);
  const valid = others.filter((other) => assistants.isAllowed(other.id));
  if (valid.length >= mostAccessTokens) throw new AppError({ kind: "too_many_access_tokens", most: mostAccessTokens });
  assistants.addAccessToken(id, { name, scopes, hash, expiresAt: now() + days * dayMilliseconds });
  return { token: text };
}

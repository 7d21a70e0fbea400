import { ExternalTokenError } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";
import type { SealingKey } from "../crypto/seal.ts";
import { type AccessTokenVerdict, accessTokenPrefix, readAccessToken } from "../grants/access-token.ts";
import type { OAuthStore } from "../grants/oauth-store.ts";
import { scopeNames } from "../oura/scopes.ts";

/**
 * Describes an access token that a person made for a program. It contains the ids of the account and of the token's
 * record, and the scopes. The OAuth provider passes this object on to other code as `props`. It passes nothing else on.
 */
export const accessTokenProps = z.object({
  accountId: z.string(),
  assistantId: z.string(),
  scopes: z.array(z.enum(scopeNames)),
});

interface ResolveOptions {
  store: Pick<OAuthStore<never>, "judgeAccessToken">;
  tokenKeys: readonly SealingKey[];
  origin: string;
}

/**
 * Checks a bearer token that the OAuth provider did not issue. Returns null if the text does not look like an access
 * token of this service. Throws if the access token has expired, was revoked or is unknown. The provider then answers
 * with status 401 and the text of the error.
 */
export async function resolveAccessToken(
  text: string,
  { store, tokenKeys, origin }: ResolveOptions,
): Promise<{ props: z.infer<typeof accessTokenProps>; audience: string } | null> {
  if (!text.startsWith(accessTokenPrefix)) return null;
  const token = await readAccessToken(tokenKeys, text);
  const verdict = token === null ? ({ kind: "unknown" } as const) : await store.judgeAccessToken(token);
  if (token === null || verdict.kind !== "valid") throw refuse(verdict, origin);
  const { accountId, assistantId } = token;
  return { props: { accountId, assistantId, scopes: verdict.scopes }, audience: `${origin}/mcp` };
}

function refuse({ kind }: AccessTokenVerdict, origin: string): ExternalTokenError {
  const ended = { expired: "has expired", revoked: "was revoked" };
  const what =
    kind === "expired" || kind === "revoked"
      ? `This access token ${ended[kind]}. Make a new one`
      : "This server does not know this access token. Check that you copied the whole token, or make a new one";
  return new ExternalTokenError("invalid_token", { description: `${what} at ${origin}/panel.`, statusCode: 401 });
}

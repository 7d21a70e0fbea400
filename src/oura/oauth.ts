import * as z from "zod";
import type { OuraConfig } from "../config.ts";
import { parseScopes, type ScopeName } from "./scopes.ts";

/**
 * Oura as an OAuth 2.0 server, in both generations it runs side by side. Which one is told by each URL's own path:
 * `…/oauth-authorize` wants `extapi:` scope names and takes PKCE, `…/oauth-revoke` wants an RFC 7009 form, and every other
 * path speaks the older dialect. Client id and secret go in the body, never in a URL.
 */
export interface OuraTokens {
  accessToken: string;
  refreshToken: string;
  /** Epoch ms. */
  expiresAt: number;
  /** What Oura says it granted; null when it does not say. */
  scopes: ScopeName[] | null;
}

export type TokenOutcome =
  | { kind: "tokens"; tokens: OuraTokens }
  /** Oura knows the code or refresh token and will never take it again. */
  | { kind: "refused" }
  /** Nobody can say whether Oura acted: a timeout, a 5xx, an answer that is no token, or a refusal of this operator. */
  | { kind: "uncertain"; status: number | null };

/** A code can be asked for again by pressing Connect again. */
const codeTimeoutMilliseconds = 15_000;
/** A refresh token works once: giving up on an answer under way would throw the new pair away. */
const refreshTimeoutMilliseconds = 100_000;

/** A longer life than any token has: what it would add up to must stay a date. */
const longestTokenSeconds = 10 * 365 * 86_400;

const tokenResponse = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.coerce.number().positive().max(longestTokenSeconds).catch(86_400),
  scope: z.string().nullish().catch(null),
});

/** Where to send the browser so that the person can choose what to share. */
export function authorizeUrl(
  config: OuraConfig,
  request: { redirectUri: string; state: string; scopes: readonly ScopeName[]; codeChallenge: string },
): string {
  const url = new URL(config.authorizeUrl);
  const isNewGeneration = url.pathname.endsWith("/oauth-authorize");
  const scope = request.scopes.map((name) => (isNewGeneration ? `extapi:${name}` : name)).join(" ");
  const parameters = {
    response_type: "code",
    client_id: config.clientId,
    redirect_uri: request.redirectUri,
    scope,
    state: request.state,
    ...(isNewGeneration ? { code_challenge: request.codeChallenge, code_challenge_method: "S256" } : {}),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** RFC 7636: a random verifier and its S256 challenge. */
export async function createPkcePair(): Promise<{ verifier: string; challenge: string }> {
  const base64url = { alphabet: "base64url", omitPadding: true } as const;
  const verifier = crypto.getRandomValues(new Uint8Array(32)).toBase64(base64url);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: new Uint8Array(digest).toBase64(base64url) };
}

export function exchangeCode(
  dependencies: OAuthDependencies,
  request: { code: string; redirectUri: string; verifier: string },
): Promise<TokenOutcome> {
  const grant = {
    grant_type: "authorization_code",
    code: request.code,
    redirect_uri: request.redirectUri,
    code_verifier: request.verifier,
  };
  return requestTokens(dependencies, grant, codeTimeoutMilliseconds);
}

/** A refresh token works once: store what comes back before using it, and never send the same one twice in a row blindly. */
export function refreshTokens(dependencies: OAuthDependencies, refreshToken: string): Promise<TokenOutcome> {
  const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
  return requestTokens(dependencies, grant, refreshTimeoutMilliseconds);
}

export interface OAuthDependencies {
  config: OuraConfig;
  fetch: typeof fetch;
  now(): number;
}

async function requestTokens(
  { config, fetch, now }: OAuthDependencies,
  grant: Record<string, string>,
  timeoutMilliseconds: number,
): Promise<TokenOutcome> {
  const body = new URLSearchParams({ ...grant, client_id: config.clientId, client_secret: config.clientSecret });
  let status: number | null = null;
  try {
    const response = await fetch(config.tokenUrl, {
      method: "POST",
      headers: { accept: "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    status = response.status;
    const text = await response.text();
    if (status === 400 || status === 401)
      return isDeadGrant(text) ? { kind: "refused" } : { kind: "uncertain", status };
    const parsed = tokenResponse.safeParse(status === 200 ? JSON.parse(text) : null);
    if (!parsed.success) return { kind: "uncertain", status };
    const { access_token, refresh_token, expires_in, scope } = parsed.data;
    return {
      kind: "tokens",
      tokens: {
        accessToken: access_token,
        refreshToken: refresh_token,
        expiresAt: now() + expires_in * 1_000,
        scopes: scope ? parseScopes(scope) : null,
      },
    };
  } catch {
    return { kind: "uncertain", status }; // the error may quote the request: it is not kept
  }
}

/** RFC 6749 §5.2 `invalid_grant`, or Oura's own sentence for a used refresh token where the code is missing. */
function isDeadGrant(text: string): boolean {
  return /"error"\s*:\s*"invalid_grant"/.test(text) || /refresh token already used/i.test(text);
}

/** Tells Oura to forget the grant. True when Oura says it is gone (401 means it already was). */
export async function revokeAtOura({ config, fetch }: OAuthDependencies, accessToken: string): Promise<boolean> {
  const url = new URL(config.revokeUrl);
  const isNewGeneration = url.pathname.endsWith("/oauth-revoke");
  if (!isNewGeneration) url.searchParams.set("access_token", accessToken);
  const body = isNewGeneration
    ? new URLSearchParams({
        token: accessToken,
        token_type_hint: "access_token",
        client_id: config.clientId,
        client_secret: config.clientSecret,
      })
    : null;
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(codeTimeoutMilliseconds),
    });
    await response.body?.cancel();
    return response.ok || response.status === 401;
  } catch {
    return false;
  }
}

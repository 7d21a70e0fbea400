/**
 * The client of Oura's OAuth 2.0 server. Oura runs two generations of this server side by side. The path of a
 * configured URL shows its generation:
 * - `…/oauth-authorize` is of the newer generation. It expects scope names that begin with `extapi:`, and supports
 *   PKCE.
 * - `…/oauth-revoke` is of the newer generation. It expects requests in the form of RFC 7009.
 * - Every other path is of the older generation.
 *
 * Requests send the client secret in the body, never in a URL, because servers log URLs.
 */
import * as z from "zod/mini";
import type { OuraConfig } from "../config.ts";
import { withoutMessage } from "../outcome.ts";
import { readLimited } from "./limited-body.ts";
import { parseScopes, type ScopeName } from "./scopes.ts";

export interface OuraTokens {
  accessToken: string;
  refreshToken: string;
  /** In epoch ms. */
  expiresAt: number;
  /** Null when Oura's response names no known scope, for example only `openid`. */
  scopes: ScopeName[] | null;
}

export type TokenOutcome =
  | { kind: "tokens"; tokens: OuraTokens }
  /** Oura rejected the authorization code or the refresh token. Sending it again would not help. */
  | { kind: "refused" }
  /**
   * Oura does not accept the application's client id and secret. Oura checks these first, so the authorization code or
   * the refresh token may still work.
   */
  | { kind: "app_refused" }
  /**
   * It is not known whether Oura used up the authorization code or the refresh token, for example after a timeout, a
   * 5xx status or an invalid response.
   */
  | { kind: "uncertain"; status: number | null };

/**
 * The timeout for exchanging an authorization code, for a revocation, and for the check of the application's id and
 * secret. It is short, because all of these can be repeated: the person gets a new code by pressing Connect again.
 */
const codeTimeoutMilliseconds = 15_000;
/**
 * The timeout for a refresh. It is long, because a refresh token works only once. If the request were aborted while
 * Oura sends its answer, the new tokens would be lost and the person would have to connect Oura again.
 */
const refreshTimeoutMilliseconds = 100_000;

/** A longer response to a revocation is not read. Oura's own responses are one sentence long. */
const longestRevocationBytes = 64_000;

/**
 * The upper limit for `expires_in` of a token response. A larger number could make the computed date of expiry invalid.
 */
const longestTokenSeconds = 10 * 365 * 86_400;

const tokenResponse = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.catch(z.coerce.number().check(z.positive(), z.lte(longestTokenSeconds)), 86_400),
  scope: z.catch(z.nullish(z.string()), null),
});

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

/**
 * Exchanges a refresh token for new tokens. A refresh token works only once. So the caller must store the new tokens
 * before using them, and must know the outcome of this request before it sends the same refresh token again.
 */
export function refreshTokens(dependencies: OAuthDependencies, refreshToken: string): Promise<TokenOutcome> {
  const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
  return requestTokens(dependencies, grant, refreshTimeoutMilliseconds);
}

export interface OAuthDependencies {
  config: OuraConfig;
  fetch: typeof fetch;
  now(): number;
  onAppRefused?(): void;
}

type TokenDependencies = Omit<OAuthDependencies, "config"> & {
  config: Pick<OuraConfig, "clientId" | "clientSecret" | "tokenUrl">;
};

/**
 * Checks whether Oura accepts the application's id and secret. The request contains an invented refresh token. Oura
 * checks the id and secret before the refresh token. If Oura complains about the refresh token, it has therefore
 * accepted the id and secret.
 */
export async function checkApp(dependencies: TokenDependencies): Promise<"accepted" | "refused" | "unknown"> {
  const grant = { grant_type: "refresh_token", refresh_token: "made-up-to-check-the-app" };
  const { kind } = await requestTokens(dependencies, grant, codeTimeoutMilliseconds);
  return kind === "refused" ? "accepted" : kind === "app_refused" ? "refused" : "unknown";
}

async function requestTokens(
  { config, fetch, now, onAppRefused }: TokenDependencies,
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
    // The body is read in one call, so that the caller can store the new tokens in the same turn of the event loop in
    // which the body arrives. A crash between two turns would lose the tokens.
    const text = await response.text();
    if (status === 400 || status === 401) {
      if (isDeadGrant(text)) return { kind: "refused" };
      if (status === 400 && !isAppRefusal(text)) return { kind: "uncertain", status };
      onAppRefused?.();
      return { kind: "app_refused" };
    }
    const parsed = tokenResponse.safeParse(status === 200 ? JSON.parse(text) : null);
    if (!parsed.success) return { kind: "uncertain", status };
    const { access_token, refresh_token, expires_in, scope } = parsed.data;
    return {
      kind: "tokens",
      tokens: {
        accessToken: access_token,
        refreshToken: refresh_token,
        expiresAt: now() + expires_in * 1_000,
        scopes: readScopes(scope),
      },
    };
  } catch (error) {
    // The error is not passed on, because it may quote the request, which holds secrets.
    logUnanswered("tokens", error);
    return { kind: "uncertain", status };
  }
}

function readScopes(scope: string | null | undefined): ScopeName[] | null {
  const names = parseScopes(scope ?? "");
  return names.length === 0 ? null : names;
}

/**
 * Whether Oura's error means that the authorization code or the refresh token no longer works. For a used refresh
 * token, Oura may send a sentence instead of the error code of RFC 6749 §5.2.
 */
function isDeadGrant(text: string): boolean {
  return /"error"\s*:\s*"invalid_grant"/.test(text) || /refresh token already used/i.test(text);
}

/**
 * Whether Oura's error is about the application and not about the code or token. One cause is a wrong id or secret (RFC
 * 6749 §5.2). Another cause is an application of Oura's newer generation whose requests go to the token endpoint of the
 * older generation. That endpoint answers `invalid_request`.
 */
function isAppRefusal(text: string): boolean {
  return /"error"\s*:\s*"(?:invalid_client|unauthorized_client|invalid_request)"/.test(text);
}

/**
 * Revokes the access that the person granted to the application. True when Oura confirms it. Status 401 is a
 * confirmation too, because it means that the token was already revoked.
 */
export async function revokeAtOura(
  { config, fetch, onAppRefused }: OAuthDependencies,
  accessToken: string,
): Promise<boolean> {
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
    const text = await readLimited(response, longestRevocationBytes);
    if (!response.ok && isAppRefusal(text ?? "")) {
      onAppRefused?.();
      return false;
    }
    return response.ok || response.status === 401;
  } catch (error) {
    logUnanswered("revocation", error);
    return false;
  }
}

function logUnanswered(request: "tokens" | "revocation", error: unknown): void {
  console.warn(JSON.stringify({ event: "oura_unanswered", request, cause: withoutMessage(error) }));
}

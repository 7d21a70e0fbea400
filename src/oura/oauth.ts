import * as z from "zod/mini";
import type { OuraConfig } from "../config.ts";
import { readLimited } from "./limited-body.ts";
import { parseScopes, type ScopeName } from "./scopes.ts";

/**
 * The client of Oura's OAuth 2.0 server. Oura runs two generations of it side by side, and each URL's path says which
 * one it is: `…/oauth-authorize` expects `extapi:` scope names and supports PKCE, `…/oauth-revoke` expects an RFC 7009
 * form, and every other path is the older generation. Client id and secret go in the body, never in a URL.
 */
export interface OuraTokens {
  accessToken: string;
  refreshToken: string;
  /** Epoch ms. */
  expiresAt: number;
  /** The scopes Oura granted; null when the response does not say. */
  scopes: ScopeName[] | null;
}

export type TokenOutcome =
  | { kind: "tokens"; tokens: OuraTokens }
  /** Oura rejected the code or refresh token for good. */
  | { kind: "refused" }
  /** Oura does not accept this app's id and secret here. It did not look at the code or refresh token. */
  | { kind: "app_refused" }
  /** It is not known whether Oura used the grant: a timeout, a 5xx, or an invalid answer. */
  | { kind: "uncertain"; status: number | null };

/** Short, because the person can get a new code by pressing Connect again. */
const codeTimeoutMilliseconds = 15_000;
/** Long, because a refresh token works once: to abort an answer in flight would lose the new pair. */
const refreshTimeoutMilliseconds = 100_000;

/** The longest answer to a revocation that is read. Oura's are one sentence. */
const longestRevocationBytes = 64_000;

/** Upper limit of `expires_in`, so that the expiry is always a valid date. No token lives this long. */
const longestTokenSeconds = 10 * 365 * 86_400;

const tokenResponse = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: z.string().check(z.minLength(1)),
  expires_in: z.catch(z.coerce.number().check(z.positive(), z.lte(longestTokenSeconds)), 86_400),
  scope: z.catch(z.nullish(z.string()), null),
});

/** The URL of Oura's consent page, where the person chooses what to share. */
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

/**
 * Exchanges a refresh token, which works once. The caller must store the new pair before using it, and must not send
 * the same token again without knowing the outcome of the first try.
 */
export function refreshTokens(dependencies: OAuthDependencies, refreshToken: string): Promise<TokenOutcome> {
  const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
  return requestTokens(dependencies, grant, refreshTimeoutMilliseconds);
}

export interface OAuthDependencies {
  config: OuraConfig;
  fetch: typeof fetch;
  now(): number;
  /** Called when Oura refuses the app's id and secret. */
  onAppRefused?(): void;
}

/** What the token endpoint alone needs. */
type TokenDependencies = Omit<OAuthDependencies, "config"> & {
  config: Pick<OuraConfig, "clientId" | "clientSecret" | "tokenUrl">;
};

/**
 * Whether Oura accepts the app's id and secret: tries a refresh token that nobody has. Oura checks the app first, so its
 * answer says which of the two it refuses.
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
    // Read whole, not in limited pieces: the new pair has to be on disk in the turn in which it is read.
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
  } catch {
    return { kind: "uncertain", status }; // the error is dropped: it may quote the request, which holds secrets
  }
}

/** Null where the answer names no scope that is known, such as `openid` alone. */
function readScopes(scope: string | null | undefined): ScopeName[] | null {
  const names = parseScopes(scope ?? "");
  return names.length === 0 ? null : names;
}

/**
 * Whether the error is `invalid_grant` (RFC 6749 §5.2) or the sentence Oura sends without a code for a used refresh
 * token.
 */
function isDeadGrant(text: string): boolean {
  return /"error"\s*:\s*"invalid_grant"/.test(text) || /refresh token already used/i.test(text);
}

/**
 * Whether the error is about the app: wrong id or secret (RFC 6749 §5.2), or an app of Oura's new generation at a token
 * endpoint of the older one, which answers `invalid_request`.
 */
function isAppRefusal(text: string): boolean {
  return /"error"\s*:\s*"(?:invalid_client|unauthorized_client|invalid_request)"/.test(text);
}

/** Revokes the grant at Oura. True when Oura confirms it (401 for the token: it was already revoked). */
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
  } catch {
    return false;
  }
}

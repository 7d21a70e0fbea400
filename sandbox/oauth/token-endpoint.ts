import { grantedScopes } from "../scopes.ts";
import type { World } from "../world.ts";
import { verifiesChallenge } from "./authorization-request.ts";
import { findClient, type Generation, type OAuthClient, readCredentials } from "./clients.ts";
import { takeCode } from "./codes.ts";
import { createGrant, type Grant, issueTokens, peekRefresh, takeRefresh } from "./grants.ts";

/** The HTTP answer to a token request, and `outcome` for the request log. */
export interface TokenAnswer {
  outcome: "ok" | OAuthError;
  response: Response;
}

type OAuthError = "invalid_client" | "invalid_request" | "invalid_grant" | "unsupported_grant_type";

export interface TokenRequest {
  generation: Generation;
  form: URLSearchParams;
  authorization: string | null;
}

export async function answerTokenRequest(world: World, request: TokenRequest): Promise<TokenAnswer> {
  const { generation, form } = request;
  const { id, secret } = readCredentials(form, request.authorization);
  const client = findClient(id);
  // The new system checks the client before it takes the code, so an unknown app can still use its code at the old one.
  if (!client || client.clientSecret !== secret || (generation === "new" && client.generation === "legacy")) {
    return refuseClient(generation, client !== null && client !== undefined);
  }
  switch (form.get("grant_type")) {
    case "authorization_code":
      return exchangeCode(world, client, request);
    case "refresh_token":
      return refresh(world, client, request);
    default:
      return failure(400, "unsupported_grant_type", "Unsupported grant type.");
  }
}

/** @param isKnown whether the id is one of an app, so that only the secret is wrong */
export function refuseClient(generation: Generation, isKnown: boolean): TokenAnswer {
  return generation === "legacy"
    ? failure(400, "invalid_client", isKnown ? "Invalid client_secret." : "Invalid client_id.")
    : failure(401, "invalid_client", "Client authentication failed.");
}

async function exchangeCode(
  world: World,
  client: OAuthClient,
  { generation, form }: TokenRequest,
): Promise<TokenAnswer> {
  const now = await world.now();
  const pending = await takeCode(world.store, form.get("code") ?? "", now);
  if (generation === "legacy" && client.generation === "new") {
    // The old system does not know the app, but it has already used up the code.
    return failure(401, "invalid_client", "Invalid client_id.");
  }
  if (!pending || pending.clientId !== client.clientId) {
    return failure(400, "invalid_grant", "Authorization code is invalid, expired or already used.");
  }
  if (form.get("redirect_uri") !== pending.redirectUri) {
    return failure(400, "invalid_grant", "Redirect URI does not match.");
  }
  const { codeChallenge } = pending;
  if (codeChallenge && !(await verifiesChallenge(codeChallenge, form.get("code_verifier") ?? ""))) {
    return failure(400, "invalid_grant", "Code verifier does not match.");
  }
  const { clientId, person, scopes } = pending;
  return success(world, await createGrant(world.store, { clientId, person, scopes }), now);
}

async function refresh(world: World, client: OAuthClient, { generation, form }: TokenRequest): Promise<TokenAnswer> {
  if (generation === "legacy" && client.generation === "new") {
    return failure(400, "invalid_request", "Invalid request");
  }
  const token = form.get("refresh_token") ?? "";
  const owner = await peekRefresh(world.store, token);
  if (owner && owner.clientId !== client.clientId) {
    return failure(400, "invalid_grant", "Refresh token was issued to another client.");
  }
  const taken = await takeRefresh(world.store, token);
  switch (taken.kind) {
    case "valid":
      return success(world, taken.grant, await world.now());
    case "used":
      return failure(400, "invalid_grant", "Refresh token already used.");
    case "unknown":
      return failure(400, "invalid_grant", "Refresh token is invalid or revoked.");
  }
}

async function success(world: World, grant: Grant, now: number): Promise<TokenAnswer> {
  const issued = await issueTokens(world.store, grant.id, now);
  const body = {
    token_type: "bearer",
    access_token: issued.accessToken,
    refresh_token: issued.refreshToken,
    expires_in: issued.expiresInSeconds,
    scope: grantedScopes(grant.scopes),
    // Oura's real responses contain this field although OpenID was not requested. Strict OIDC clients fail on it.
    id_token: null,
  };
  return { outcome: "ok", response: Response.json(body, { headers: { "cache-control": "no-store" } }) };
}

/** RFC 6749 §5.2, with the problem-details fields Oura adds. */
function failure(status: number, error: OAuthError, description: string): TokenAnswer {
  const body = { status, title: error, detail: description, error, error_description: description };
  const headers = { "cache-control": "no-store", ...(status === 401 ? { "www-authenticate": "Basic" } : {}) };
  return { outcome: error, response: Response.json(body, { status, headers }) };
}

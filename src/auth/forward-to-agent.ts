import { insufficientScope, type OAuthResourceContext } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";
import type { RequestBindings, RouterBindings } from "../bindings.ts";
import type { SealingKey } from "../crypto/seal.ts";
import { readUserId } from "../grants/user-id.ts";
import { defaultScopeNames, isScopeName, type ScopeName } from "../oura/scopes.ts";
import { inBackground, unwrap } from "../outcome.ts";
import { findClientSites } from "./client-sites.ts";
import { accessTokenProps } from "./resolve-access-token.ts";

/**
 * The data that this service adds to a token. The OAuth provider calls such data `props`. The account and the scopes
 * are not part of it, because the provider itself stores them.
 */
const tokenProps = z.object({ assistantId: z.string() });

export async function forwardToAgent(
  request: Request,
  env: RequestBindings,
  context: ExecutionContext,
  tokenKeys: readonly SealingKey[],
  origin: string,
): Promise<Response> {
  // The OAuth provider adds the fields of `OAuthResourceContext` to the context before it calls this handler.
  const resource = context as OAuthResourceContext<unknown>;
  const { auth } = resource;
  const bearer = await identifyBearer(resource, tokenKeys);
  if (bearer === null) return new Response("This server did not issue this token.", { status: 403 });
  if (bearer.scopes.length === 0) return insufficientScope(auth, [...defaultScopeNames]);
  const headers = new Headers(request.headers);
  headers.delete("authorization"); // the token is verified, so the account's object does not need it
  headers.delete("cookie");
  const clientId = auth.clientId ?? "";
  const { OAUTH_PROVIDER } = env as RouterBindings; // the OAuth provider adds its helpers before it calls this handler
  const session = await env.OAUTH_STORE.session(bearer.accountId);
  const answer = await session.answer(new Request(request, { headers }), {
    ...bearer,
    clientId,
    origin,
    clientSites: clientId === "" ? [] : await findClientSites(request, OAUTH_PROVIDER, clientId),
  });
  if (answer.ok) return answer.value;
  const { kind } = answer.failure;
  if (kind !== "account_gone" && kind !== "assistant_revoked") return unwrap(answer);
  // The person has ended the assistant's access, which deletes the grant. Only a grant in Workers KV, where version
  // 0.1.0 stored grants, can still exist, so it is deleted here. The cast is safe, because the OAuth provider has added
  // `OAUTH_PROVIDER` to `env`.
  if (clientId !== "") context.waitUntil(inBackground(() => endGrant(env as RouterBindings, auth)));
  return refuseToken(origin);
}

/** The account and the scopes of a verified token. Null when this service did not issue the token. */
async function identifyBearer(
  { auth, props }: OAuthResourceContext<unknown>,
  tokenKeys: readonly SealingKey[],
): Promise<{ accountId: string; assistantId: string; scopes: ScopeName[] } | null> {
  if (auth.userId === undefined) return accessTokenProps.safeParse(props).data ?? null;
  const parsed = tokenProps.safeParse(props);
  const user = await readUserId(tokenKeys, auth.userId);
  if (!parsed.success || user.kind === "forged") return null;
  return { accountId: user.accountId, ...parsed.data, scopes: auth.scope.filter(isScopeName) };
}

async function endGrant(
  { OAUTH_PROVIDER }: RouterBindings,
  { token, userId }: OAuthResourceContext<unknown>["auth"],
): Promise<void> {
  const grantId = token.split(":")[1] ?? "";
  // If the grant cannot be deleted now, the next call with this token is still refused. After that refusal, this
  // function tries again to delete the grant.
  await OAUTH_PROVIDER.revokeGrant(grantId, userId ?? "");
}

/**
 * The answer to a token that is no longer valid (RFC 6750 §3.1). It makes an assistant ask the person for permission
 * again.
 */
function refuseToken(origin: string): Response {
  const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
  const challenge = `Bearer resource_metadata="${metadata}", error="invalid_token"`;
  return Response.json(
    { error: "invalid_token", error_description: "The access of this token has ended." },
    { status: 401, headers: { "www-authenticate": challenge } },
  );
}

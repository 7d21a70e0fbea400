import { insufficientScope, type OAuthResourceContext } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";
import type { RequestBindings, RouterBindings } from "../bindings.ts";
import type { SealingKey } from "../crypto/seal.ts";
import { readUserId } from "../grants/user-id.ts";
import { defaultScopeNames, isScopeName, type ScopeName } from "../oura/scopes.ts";
import { logFailure, unwrap } from "../outcome.ts";
import { findClientSites } from "./client-sites.ts";
import { accessTokenProps } from "./resolve-access-token.ts";

/** What a token of the provider carries besides its subject and scopes. */
const tokenProps = z.object({ assistantId: z.string() });

/** Sends a request with a verified token to the agent of the account that the token names. */
export async function forwardToAgent(
  request: Request,
  env: RequestBindings,
  context: ExecutionContext,
  tokenKeys: readonly SealingKey[],
  origin: string,
): Promise<Response> {
  const resource = context as OAuthResourceContext<unknown>; // the provider sets this before it calls the handler
  const { auth } = resource;
  const bearer = await identifyBearer(resource, tokenKeys);
  if (bearer === null) return new Response("This token was not issued here.", { status: 403 });
  if (bearer.scopes.length === 0) return insufficientScope(auth, [...defaultScopeNames]);
  const headers = new Headers(request.headers);
  headers.delete("authorization"); // verified above; the agent does not need it
  headers.delete("cookie");
  const clientId = auth.clientId ?? "";
  const { OAUTH_PROVIDER } = env as RouterBindings; // the provider adds its helpers for this handler too
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
  // Only a grant of 0.1.0 can still exist here: all others end together with the approval.
  if (clientId !== "") context.waitUntil(endGrant(env as RouterBindings, auth)); // as above: with its helpers
  return refuseToken(origin);
}

/** Whose token it is, and what it may read. Null when it was not issued here. */
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
  await OAUTH_PROVIDER.revokeGrant(grantId, userId ?? "").catch(logFailure); // refused at its next call again
}

/** The answer to a token that is no longer valid (RFC 6750 §3.1); the assistant then asks for authorization again. */
function refuseToken(origin: string): Response {
  const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
  const challenge = `Bearer resource_metadata="${metadata}", error="invalid_token"`;
  return Response.json(
    { error: "invalid_token", error_description: "This access has ended." },
    { status: 401, headers: { "www-authenticate": challenge } },
  );
}

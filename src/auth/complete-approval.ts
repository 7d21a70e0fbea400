import type { ApprovedConsent, ConsentDescription } from "@cloudflare/workers-oauth-provider";
import type { Standing } from "../connection/standing.ts";
import { writeUserId } from "../grants/user-id.ts";
import { authorizeUrl, createPkcePair } from "../oura/oauth.ts";
import { defaultScopeNames, isScopeName, type ScopeName, scopeNames } from "../oura/scopes.ts";
import { unwrap } from "../outcome.ts";
import type { AppContext } from "../web/app.ts";
import { ownNamesOf, presentableName } from "../web/client-name.ts";
import type { Session } from "../web/session.ts";
import { appOf, describeTarget } from "./redirect-target.ts";

/** Whether the person has to connect Oura after submitting the consent page. */
export function connectsNext({ kind }: Standing): boolean {
  return kind === "not_connected" || kind === "needs_reconnect" || kind === "key_changed";
}

/**
 * Stores the assistant's approved request with the OAuth provider and redirects the browser to Oura's permission page.
 * The request is completed when the person returns from Oura.
 */
export async function goToOura(c: AppContext, session: Session, approved: ApprovedConsent): Promise<Response> {
  const { location, headers } = await prepareOura(c, session, approved);
  headers.set("Location", location);
  return new Response(null, { status: 302, headers });
}

/** Returns the address of Oura's permission page, and the headers that bind the browser to the stored request. */
export async function prepareOura(
  c: AppContext,
  session: Session,
  { request, headers }: ApprovedConsent,
): Promise<{ location: string; headers: Headers }> {
  unwrap(await session.agent.beginConnecting(session.secret));
  const { verifier, challenge } = await createPkcePair();
  const upstream = await c.env.OAUTH_PROVIDER.beginUpstream(request, {
    data: { verifier, accountId: session.accountId },
    headers,
  });
  const location = authorizeUrl(c.get("config").oura, {
    redirectUri: ouraCallbackAddress(c),
    state: upstream.state,
    // Oura is asked for the default permissions, whatever the assistant may read, so that another assistant can use
    // them later. The profile is not a default permission: it is added only if the person has just allowed this
    // assistant to read it.
    scopes: scopeNames.filter((name) => defaultScopeNames.includes(name) || request.scope.includes(name)),
    codeChallenge: challenge,
  });
  return { location, headers: upstream.headers };
}

/**
 * Stores a record of the allowed assistant in the account's Durable Object, then redirects the browser to the assistant
 * with an authorization code.
 */
export async function completeApproval(
  c: AppContext,
  session: Session,
  { request, headers }: ApprovedConsent,
): Promise<Response> {
  const details = await c.env.OAUTH_PROVIDER.describeConsent(request);
  const scopes: ScopeName[] = request.scope.filter(isScopeName);
  const { assistantId } = unwrap(
    await session.agent.addAssistant(session.secret, {
      clientId: details.clientId.slice(0, 500),
      clientName: presentableName(details.clientName, ownNamesOf(c.get("site"))),
      clientDomain: details.clientDomain ?? null,
      redirectHost: describeTarget(details.redirectUri, details.redirectHost).slice(0, 253),
      isOnThisComputer: isOnThisComputer(details),
      replacesOlder: isOneInstallation(details),
      scopes,
    }),
  );
  const completed = c.env.OAUTH_PROVIDER.completeAuthorization({
    request,
    userId: await writeUserId(c.get("config").tokenKeys, session.accountId),
    metadata: { assistantId },
    scope: request.scope,
    props: { assistantId },
    // If the person allowed this assistant before, its older grant must keep working until the assistant uses the new
    // one. So the provider must not revoke the older grant now. It is revoked when the assistant uses the new grant for
    // the first time.
    revokeExistingGrants: false,
  });
  const { redirectTo } = await completed.catch(async (error: unknown) => {
    // The provider did not store the grant, so the new record of the assistant is revoked.
    await session.agent.revokeAssistant(session.secret, assistantId);
    throw error;
  });
  headers.set("Location", redirectTo);
  return new Response(null, { status: 302, headers });
}

type Target = Pick<ConsentDescription, "clientDomain" | "redirectIsLoopback" | "redirectUri">;

/**
 * Whether an OAuth client's id belongs to a single installation of the client. If it does, and the person allows the
 * client again, the new access replaces the earlier access. The id does not belong to a single installation if the
 * client has a client metadata document and runs on the person's computer. Such a client has the same id on every
 * computer. So the earlier access is kept, because connecting one computer must not disconnect another.
 */
export function isOneInstallation(target: Target): boolean {
  return !target.clientDomain || !isOnThisComputer(target);
}

function isOnThisComputer({ redirectIsLoopback, redirectUri }: Target): boolean {
  return redirectIsLoopback || appOf(redirectUri) !== null;
}

export function ouraCallbackAddress(c: AppContext): string {
  return `${c.get("origin")}/oura/callback`;
}

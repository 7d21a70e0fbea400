import {
  AuthorizationError,
  type AuthRequest,
  authorizationErrorRedirect,
  CimdFetchError,
  type ConsentDescription,
} from "@cloudflare/workers-oauth-provider";
import { Hono } from "hono";
import type { Standing } from "../connection/standing.ts";
import { writeUserId } from "../grants/user-id.ts";
import { authorizeUrl, createPkcePair } from "../oura/oauth.ts";
import { defaultScopeNames, isScopeName, type ScopeName, scopeNames } from "../oura/scopes.ts";
import { unwrap } from "../outcome.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { presentableName } from "../web/client-name.ts";
import { Choices, Decision } from "../web/decision.tsx";
import { readForm, readFormList } from "../web/forms.ts";
import { limitAttempts } from "../web/limits.ts";
import { page } from "../web/respond.tsx";
import { findSession, isSignedOut, type Session } from "../web/session.ts";
import {
  DocumentsOffError,
  expectPlainHost,
  expectPublicClient,
  hasPlainHost,
  isDocumentAddress,
} from "./client-document.ts";
import { ConsentPage } from "./consent-page.tsx";
import {
  acceptedTargets,
  appOf,
  describeTarget,
  expectAcceptedTarget,
  UnacceptedTargetError,
} from "./redirect-target.ts";

/**
 * The pages that open when an assistant asks for access. The person signs in or creates an account, and chooses what
 * the assistant may read. If no ring is connected, the person then goes to Oura's page to connect it. At the end the
 * browser returns to the assistant. The server sends no request to Oura before the person has consented on the consent
 * page.
 */
export const authorizeRoutes = new Hono<AppEnv>();

authorizeRoutes.get("/authorize", async (c) => {
  await limitAttempts(c, c.env.LIMIT_AUTHORIZE);
  return showConsent(c, null);
});

authorizeRoutes.post("/authorize", async (c) => {
  await limitAttempts(c, c.env.LIMIT_AUTHORIZE);
  const form = await readForm(c);
  const handle = form.handle ?? "";
  if (form.decision !== "allow") {
    const denied = await c.env.OAUTH_PROVIDER.denyConsent(c.req.raw, handle);
    return new Response(null, { status: 302, headers: denied.headers });
  }
  const allowed = (await readFormList(c, "scope")).filter(isScopeName);
  if (allowed.length === 0) return showConsent(c, "Tick at least one kind of data, or press Deny.");
  const session = await findSession(c);
  if (session === null) return c.redirect(signInAddress(c), 303);
  const { standing, mayAllow } = unwrap(await session.readPanel());
  if (!mayAllow) return c.redirect(confirmAddress(c), 303);
  const approved = await c.env.OAUTH_PROVIDER.approveConsent(c.req.raw, handle, {
    // "offline_access" has no tick box, because every assistant may stay connected until the person revokes it.
    scope: [...allowed, "offline_access"],
  });
  if (connectsNext(standing)) return goToOura(c, session, approved.request, approved.headers);
  return completeAuthorization(c, session, approved.request, approved.headers);
});

/**
 * Checks the client id and the redirect address of an assistant's OAuth request, then parses the request. The checks
 * come first, because the client id may be an address, which the OAuth provider fetches while it parses the request.
 */
async function readAuthRequest(c: AppContext, address: URL): Promise<AuthRequest> {
  const clientId = address.searchParams.get("client_id") ?? "";
  if (!c.get("config").clientDocuments && isDocumentAddress(clientId)) throw new DocumentsOffError();
  expectPublicClient(clientId); // this check must run before the client id is fetched
  expectAcceptedTarget(address.searchParams.get("redirect_uri") ?? "");
  const request = await c.env.OAUTH_PROVIDER.parseAuthRequest(new Request(address));
  expectPlainHost(request.redirectUri);
  return request;
}

/**
 * Returns the OAuth request of an assistant that waits until the person has signed in. `next` is the page that opens
 * after signing in. Null when this page does not belong to an assistant's request. Reading the request may fetch the
 * client's metadata document, so the call is rate limited.
 */
export async function waitingAssistant(c: AppContext, next: string): Promise<AuthRequest | null> {
  if (!next.startsWith("/authorize?")) return null;
  await limitAttempts(c, c.env.LIMIT_AUTHORIZE);
  return readAuthRequest(c, new URL(next, c.get("origin")));
}

async function showConsent(c: AppContext, problem: string | null): Promise<Response> {
  const session = await findSession(c);
  const url = new URL(c.req.url);
  const request = await readAuthRequest(c, url);
  if (session === null) return c.redirect(signInAddress(c), 302);
  const panel = await session.readPanel();
  if (isSignedOut(panel)) return c.redirect(signInAddress(c), 302);
  const { standing, mayAllow } = unwrap(panel);
  const next = `${url.pathname}${url.search}`;
  if (standing.kind === "not_registered") {
    return c.redirect(`/register?next=${encodeURIComponent(next)}`, 302);
  }
  if (!mayAllow) return c.redirect(confirmAddress(c), 302); // after the confirm page, the browser returns to this request
  const details = await c.env.OAUTH_PROVIDER.describeConsent(request);
  const { handle, headers } = await c.env.OAUTH_PROVIDER.beginConsent(request);
  return page(
    c,
    {
      title: "Allow an assistant",
      headers,
      formTargets: [...originOf(details.redirectUri), ...originOf(c.get("config").oura.authorizeUrl)],
    },
    <ConsentPage
      details={details}
      ownNames={ownNames(c)}
      handle={handle}
      action={next}
      problem={problem}
      connectsNext={connectsNext(standing)}
    />,
  );
}

/**
 * Stores the assistant's request, which the person has approved, with the OAuth provider. Then redirects the browser to
 * Oura's permission page. The request is completed when the person returns from Oura.
 */
export async function goToOura(
  c: AppContext,
  session: Session,
  request: AuthRequest,
  headers: Headers,
): Promise<Response> {
  const { location, headers: bound } = await prepareOura(c, session, request, headers);
  bound.set("Location", location);
  return new Response(null, { status: 302, headers: bound });
}

export async function prepareOura(c: AppContext, session: Session, request: AuthRequest, headers: Headers) {
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
export async function completeAuthorization(
  c: AppContext,
  session: Session,
  request: AuthRequest,
  headers: Headers,
): Promise<Response> {
  const details = await c.env.OAUTH_PROVIDER.describeConsent(request);
  const scopes: ScopeName[] = request.scope.filter(isScopeName);
  const { assistantId } = unwrap(
    await session.agent.addAssistant(session.secret, {
      clientId: details.clientId.slice(0, 500),
      clientName: presentableName(details.clientName, ownNames(c)),
      clientDomain: details.clientDomain ?? null,
      redirectHost: describeTarget(details.redirectUri, details.redirectHost).slice(0, 253),
      isOnThisComputer: details.redirectIsLoopback || appOf(details.redirectUri) !== null,
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

function ownNames(c: AppContext): string[] {
  return ["Ringbridge", c.get("site").serviceName];
}

/**
 * Whether an OAuth client's id belongs to a single installation of the client. If it does and the person allows the
 * client again, the client's earlier access is replaced. A client with a client metadata document that runs on the
 * person's computer has the same id on all computers. Its earlier access is kept, because connecting one computer must
 * not disconnect another.
 */
export function isOneInstallation({
  clientDomain,
  redirectIsLoopback,
  redirectUri,
}: Pick<ConsentDescription, "clientDomain" | "redirectIsLoopback" | "redirectUri">): boolean {
  return !clientDomain || !(redirectIsLoopback || appOf(redirectUri));
}

/** Whether the person has to connect Oura after submitting the consent page. */
function connectsNext({ kind }: Standing): boolean {
  return kind === "not_connected" || kind === "needs_reconnect" || kind === "key_changed";
}

/**
 * The address of the confirm page, on which a person signs in again. A route redirects to this address when the last
 * sign-in is too long ago for the request. The address contains the page that opens afterwards: the requested page or,
 * for a request that submitted a form, the person's own page, where the person can press the button again.
 */
export function confirmAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  const isPage = ["/authorize", "/delete-account", "/access-token"].includes(pathname);
  const next = isPage ? `${pathname}${search}` : "/panel?message=confirmed";
  return `/confirm?next=${encodeURIComponent(next)}`;
}

/** Redirects to the assistant with the OAuth error `access_denied`. */
export function refuseAuthorization(request: AuthRequest, headers: Headers): Response {
  headers.set("Location", authorizationErrorRedirect(request, "access_denied"));
  return new Response(null, { status: 302, headers });
}

/**
 * Answers an error in an OAuth authorization request. If the client's redirect address is verified, the browser is
 * redirected to the client with the error. Otherwise this server shows a page. Returns null if `error` is not an error
 * of the authorization endpoint.
 */
export function authorizationErrorAnswer(c: AppContext, error: unknown): Response | Promise<Response> | null {
  const redirectTo = error instanceof AuthorizationError && mayRedirect(error) ? error.redirectTo : null;
  if (redirectTo) return c.redirect(redirectTo, 302);
  if (isAuthorizationProblem(error)) {
    return page(
      c,
      { title: "The assistant could not be connected", status: 400 },
      <Decision icon="warning" heading="The assistant could not be connected">
        <AuthorizationProblem error={error} />
        <Choices>
          <a class="button" href="/panel">
            Go to your MCP server
          </a>
        </Choices>
      </Decision>,
    );
  }
  return null;
}

type AuthorizationProblem = AuthorizationError | CimdFetchError | DocumentsOffError | UnacceptedTargetError;

function isAuthorizationProblem(error: unknown): error is AuthorizationProblem {
  const kinds = [AuthorizationError, CimdFetchError, DocumentsOffError, UnacceptedTargetError];
  return kinds.some((kind) => error instanceof kind);
}

function AuthorizationProblem({ error }: { error: AuthorizationProblem }) {
  if (error instanceof UnacceptedTargetError) {
    return (
      <>
        <p>
          {error.scheme === "http"
            ? "The assistant wants its access sent to another computer without encryption (http). Others could read it on the way, so this service refused."
            : `The assistant wants its access sent to an app that this service does not know (addresses that start with ${error.scheme}:). A harmful app could get the access in this way, so this service refused.`}
        </p>
        <p>
          The assistant got no access. For safety, the code that gives access may go only to one of these:{" "}
          {acceptedTargets}. If your assistant uses another address, make an access token for it on the page “Your MCP
          server”.
        </p>
      </>
    );
  }
  if (error instanceof DocumentsOffError) {
    return (
      <>
        <p>The assistant identifies itself with a document on the web. This service does not read such documents.</p>
        <p>
          The assistant got no access. Remove this service from your assistant and add this service again. The assistant
          then identifies itself in another way.
        </p>
      </>
    );
  }
  if (error instanceof CimdFetchError) {
    return (
      <>
        <p>
          The document that identifies the assistant could not be read. This document is on the web, and this service
          needs it to check who the assistant is.
        </p>
        <p>
          The assistant got no access. Go back to your assistant and connect again in a few minutes. If you see this
          page again, use another assistant, such as Cursor or VS Code, which needs no document on the web.
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        The page on which you allow an assistant was used before, was open for more than ten minutes, or belongs to
        another browser or account. It is also possible that the assistant's request was not valid.
      </p>
      <p>The assistant got no access. Go back to your assistant and connect again.</p>
    </>
  );
}

/**
 * Whether an authorization error may redirect the browser to the client. For an unsupported response type, the browser
 * is not redirected. No real client asks for such a type by mistake. A hostile client could ask for one on purpose: a
 * link to this server would then lead people to the client's own site. The browser is also not redirected if the host
 * of the redirect address has unusual characters.
 */
function mayRedirect({ code, redirectUri = "" }: AuthorizationError): boolean {
  return code !== "unsupported_response_type" && hasPlainHost(redirectUri);
}

export function ouraCallbackAddress(c: AppContext): string {
  return `${c.get("origin")}/oura/callback`;
}

function signInAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`;
}

/**
 * Returns what the content security policy of a page must allow (`form-action`), so that a form on the page can lead to
 * `address`. The result is the origin of the address, or the app's scheme if the address belongs to a known app.
 */
export function originOf(address: string): string[] {
  const app = appOf(address);
  if (app !== null) return [`${app.scheme}:`];
  const origin = hasPlainHost(address) ? URL.parse(address)?.origin : null;
  return origin && origin !== "null" ? [origin] : [];
}

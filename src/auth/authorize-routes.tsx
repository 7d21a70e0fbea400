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
 * An assistant asks for access. The steps are: sign in or create an account, register, consent, connect Oura if it is
 * not connected, and return to the assistant. No request goes to Oura before the person has consented here.
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
    scope: [...allowed, "offline_access"], // not a tick box: every assistant may stay connected until it is revoked
  });
  if (connectsNext(standing)) return goToOura(c, session, approved.request, approved.headers);
  return completeAuthorization(c, session, approved.request, approved.headers);
});

/** Checks the client id of an assistant's OAuth request, then parses the request. */
async function readAuthRequest(c: AppContext, address: URL): Promise<AuthRequest> {
  const clientId = address.searchParams.get("client_id") ?? "";
  if (!c.get("config").clientDocuments && isDocumentAddress(clientId)) throw new DocumentsOffError();
  expectPublicClient(clientId); // before anything is fetched
  expectAcceptedTarget(address.searchParams.get("redirect_uri") ?? "");
  const request = await c.env.OAUTH_PROVIDER.parseAuthRequest(new Request(address));
  expectPlainHost(request.redirectUri);
  return request;
}

/**
 * The assistant's request that `next` leads back to; null when it leads elsewhere. May fetch the client's document, so
 * it is rate limited.
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
  if (!mayAllow) return c.redirect(confirmAddress(c), 302); // which leads back here
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

/** Stores the approved request with the provider and redirects the browser to Oura's permission page. */
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
    // The default permissions, and the profile only if the person has just allowed it to this assistant.
    scopes: scopeNames.filter((name) => defaultScopeNames.includes(name) || request.scope.includes(name)),
    codeChallenge: challenge,
  });
  return { location, headers: upstream.headers };
}

/** Records the approval with the agent and redirects to the assistant with its authorization code. */
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
    // Older approvals are revoked at the first use of the new one, so that they work until it does.
    revokeExistingGrants: false,
  });
  const { redirectTo } = await completed.catch(async (error: unknown) => {
    await session.agent.revokeAssistant(session.secret, assistantId); // no approval without its grant
    throw error;
  });
  headers.set("Location", redirectTo);
  return new Response(null, { status: 302, headers });
}

function ownNames(c: AppContext): string[] {
  return ["Ringbridge", c.get("site").serviceName];
}

/**
 * Whether a client id identifies one installation, so that a new approval replaces the older one. A local program with
 * a client metadata document has the same id on all of a person's computers: connecting one must not disconnect
 * another.
 */
export function isOneInstallation({
  clientDomain,
  redirectIsLoopback,
  redirectUri,
}: Pick<ConsentDescription, "clientDomain" | "redirectIsLoopback" | "redirectUri">): boolean {
  return !clientDomain || !(redirectIsLoopback || appOf(redirectUri));
}

/** Whether connecting Oura is the next step after consent. */
function connectsNext({ kind }: Standing): boolean {
  return kind === "not_connected" || kind === "needs_reconnect" || kind === "key_changed";
}

/**
 * The address of the confirm page, for a person who signed in too long ago for this request. It leads back to the
 * request if that is a page; after a form, to the panel, where its button is.
 */
export function confirmAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  const isPage = ["/authorize", "/delete-account", "/access-token"].includes(pathname);
  const next = isPage ? `${pathname}${search}` : "/panel?message=confirmed";
  return `/confirm?next=${encodeURIComponent(next)}`;
}

/** Redirects to the assistant with the error `access_denied`. */
export function refuseAuthorization(request: AuthRequest, headers: Headers): Response {
  headers.set("Location", authorizationErrorRedirect(request, "access_denied"));
  return new Response(null, { status: 302, headers });
}

/**
 * Answers errors of the authorization endpoint: with a redirect to the client if its redirect address is verified, else
 * with a page here. Null for other errors.
 */
export function authorizationErrorAnswer(c: AppContext, error: unknown): Response | Promise<Response> | null {
  const redirectTo = error instanceof AuthorizationError && mayRedirect(error) ? error.redirectTo : null;
  if (redirectTo) return c.redirect(redirectTo, 302);
  if (isAuthorizationProblem(error)) {
    return page(
      c,
      { title: "That did not work", status: 400 },
      <Decision icon="warning" heading="That did not work">
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
            ? "The assistant wants access sent to an address without encryption (http) on another computer."
            : `The assistant wants access sent to an app that opens ${error.scheme}: addresses, and this server does not know that app.`}
        </p>
        <p>
          Access is sent only to {acceptedTargets}. Nothing was allowed. An assistant whose app is not known can use an
          access token, which you make under Your MCP server.
        </p>
      </>
    );
  }
  if (error instanceof DocumentsOffError) {
    return (
      <>
        <p>The assistant named a document that identifies it. This server does not read such documents.</p>
        <p>
          Nothing was allowed. Remove the server from your assistant and add it again: it then registers here instead.
        </p>
      </>
    );
  }
  if (error instanceof CimdFetchError) {
    return (
      <>
        <p>The document that identifies the assistant could not be read, so the assistant cannot be checked.</p>
        <p>
          Nothing was allowed. Go back to your assistant and connect again in a few minutes. If this page comes back,
          use an assistant that registers here itself, such as Cursor or VS Code.
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        This page was used before, was open for more than ten minutes, belongs to another browser or account, or the
        assistant asked in a way that cannot be answered.
      </p>
      <p>Nothing was allowed. Go back to your assistant and connect again.</p>
    </>
  );
}

/**
 * An unsupported response type gets a page: no client asks for one by mistake, and a redirect before anybody has decided
 * anything would let every client lead people from this address to its own. The same holds for an unusual host.
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

/** The source that a page's `form-action` policy names for an address: its origin, or the scheme of a known app. */
export function originOf(address: string): string[] {
  const app = appOf(address);
  if (app !== null) return [`${app.scheme}:`];
  const origin = hasPlainHost(address) ? URL.parse(address)?.origin : null;
  return origin && origin !== "null" ? [origin] : [];
}

import {
  AuthorizationError,
  type AuthRequest,
  authorizationErrorRedirect,
  CimdFetchError,
  type ConsentDescription,
} from "@cloudflare/workers-oauth-provider";
import { Hono } from "hono";
import type { Standing } from "../connection/standing.ts";
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
import { expectPublicClient, expectUnmovedDocument } from "./client-document.ts";
import { ConsentPage } from "./consent-page.tsx";

/**
 * An assistant asks for access: sign in or create an account, register, consent, connect Oura if that is still to do, and
 * back to the assistant. One unbroken walk; nothing goes to Oura before the person has consented here.
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
  const { standing, mayAllow } = unwrap(await session.agent.panel(session.secret));
  if (!mayAllow) return c.redirect(confirmAddress(c), 303);
  const approved = await c.env.OAUTH_PROVIDER.approveConsent(c.req.raw, handle, {
    scope: [...allowed, "offline_access"], // asked by no box: every assistant may stay connected until revoked
  });
  if (connectsNext(standing)) return goToOura(c, session, approved.request, approved.headers);
  return completeAuthorization(c, session, approved.request, approved.headers);
});

/** An assistant's request, with a client that may be believed to be who it says. */
async function readAuthRequest(c: AppContext, address: URL): Promise<AuthRequest> {
  const clientId = address.searchParams.get("client_id") ?? "";
  expectPublicClient(clientId); // before anything is fetched
  const request = await c.env.OAUTH_PROVIDER.parseAuthRequest(new Request(address));
  await expectUnmovedDocument(clientId);
  return request;
}

/** The request of the assistant that waits behind a page of ours, if one does. Reading it may fetch the client's document. */
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
  const panel = await session.agent.panel(session.secret);
  if (isSignedOut(panel)) return c.redirect(signInAddress(c), 302);
  const { standing, mayAllow } = unwrap(panel);
  const next = `${url.pathname}${url.search}`;
  if (standing.kind === "not_registered") {
    return c.redirect(`/register?next=${encodeURIComponent(next)}`, 302);
  }
  if (!mayAllow) return c.redirect(confirmAddress(c), 302); // and back here, as if it were the first time
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
      handle={handle}
      action={next}
      problem={problem}
      connectsNext={connectsNext(standing)}
    />,
  );
}

/** Keeps the approved request with the provider and sends the browser to Oura's own permission page. */
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
  const { verifier, challenge } = await createPkcePair();
  const upstream = await c.env.OAUTH_PROVIDER.beginUpstream(request, {
    data: { verifier, accountId: session.accountId },
    headers,
  });
  const location = authorizeUrl(c.get("config").oura, {
    redirectUri: ouraCallbackAddress(c),
    state: upstream.state,
    // The nine; the profile only where the person has just allowed it to this assistant.
    scopes: scopeNames.filter((name) => defaultScopeNames.includes(name) || request.scope.includes(name)),
    codeChallenge: challenge,
  });
  return { location, headers: upstream.headers };
}

/** Writes the approval down with the agent and gives the assistant its code. */
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
      clientName: presentableName(details.clientName),
      clientDomain: details.clientDomain ?? null,
      redirectHost: details.redirectHost.slice(0, 253),
      replacesOlder: isOneInstallation(details),
      scopes,
    }),
  );
  const completed = c.env.OAUTH_PROVIDER.completeAuthorization({
    request,
    userId: session.accountId,
    metadata: { assistantId },
    scope: request.scope,
    props: { assistantId },
    // One record for each approval; one that takes the place of an older does so once it works, at its first use.
    revokeExistingGrants: false,
  });
  const { redirectTo } = await completed.catch(async (error: unknown) => {
    await session.agent.revokeAssistant(session.secret, assistantId); // no approval without its grant
    throw error;
  });
  headers.set("Location", redirectTo);
  return new Response(null, { status: 302, headers });
}

/**
 * Whether a client's id stands for one installation of it, so that a new approval is the old one's successor. A program with
 * a document of its own shares its id on all of a person's computers, and asking on one must not cut off another.
 */
export function isOneInstallation(details: Pick<ConsentDescription, "clientDomain" | "redirectIsLoopback">): boolean {
  return !details.clientDomain || !details.redirectIsLoopback;
}

/** Whether Oura comes after consent: never connected, or no longer accepted there. */
function connectsNext({ kind }: Standing): boolean {
  return kind === "not_connected" || kind === "needs_reconnect";
}

/** Where somebody goes who signed in too long ago for what they ask; from there back to it, or to the page with its button. */
export function confirmAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  const isWhole = pathname === "/authorize" || pathname === "/delete-account";
  const next = isWhole ? `${pathname}${search}` : "/panel?message=confirmed";
  return `/confirm?next=${encodeURIComponent(next)}`;
}

/** Back to the assistant without access. */
export function refuseAuthorization(request: AuthRequest, headers: Headers): Response {
  headers.set("Location", authorizationErrorRedirect(request, "access_denied"));
  return new Response(null, { status: 302, headers });
}

/**
 * Errors of the authorization endpoint: back to the client only once its redirect address is proven, else a page here.
 * Null for anything else.
 */
export function authorizationErrorAnswer(c: AppContext, error: unknown): Response | Promise<Response> | null {
  if (error instanceof AuthorizationError && error.redirectTo) return c.redirect(error.redirectTo, 302);
  if (error instanceof AuthorizationError || error instanceof CimdFetchError) {
    return page(
      c,
      { title: "That did not work", status: 400 },
      <Decision icon="warning" heading="That did not work">
        <p>
          {error instanceof CimdFetchError
            ? "The assistant says who it is at an address that cannot be read, so it cannot be checked."
            : "This page was used before, was open for more than ten minutes, belongs to another browser, or the assistant asked in a way that cannot be answered."}
        </p>
        <p>Nothing was allowed. Go back to your assistant and connect again.</p>
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

export function ouraCallbackAddress(c: AppContext): string {
  return `${c.get("origin")}/oura/callback`;
}

function signInAddress(c: AppContext): string {
  const { pathname, search } = new URL(c.req.url);
  return `/sign-in?next=${encodeURIComponent(`${pathname}${search}`)}`;
}

/** The origin of an address, for the page's form policy; empty for a private scheme, which has none. */
export function originOf(address: string): string[] {
  const origin = URL.parse(address)?.origin;
  return origin && origin !== "null" ? [origin] : [];
}

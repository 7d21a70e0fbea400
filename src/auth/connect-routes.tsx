import type { ApprovedConsent } from "@cloudflare/workers-oauth-provider";
import { Hono } from "hono";
import * as z from "zod/mini";
import { now } from "../clock.ts";
import type { ConnectResult } from "../connection/connecting.ts";
import { equalSecrets, randomId } from "../crypto/secrets.ts";
import { AppError, describeFailure } from "../errors.ts";
import { authorizeUrl, createPkcePair } from "../oura/oauth.ts";
import { defaultScopeNames, scopeNames } from "../oura/scopes.ts";
import { settle, unwrap } from "../outcome.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { clearCookie, connectCookie, readCookie, writeCookie } from "../web/cookies.ts";
import { readForm } from "../web/forms.ts";
import { linksOf, page } from "../web/respond.tsx";
import { requireSession, type Session } from "../web/session.ts";
import { refuseAuthorization } from "./authorization-request.ts";
import { completeApproval, ouraCallbackAddress, prepareOura } from "./complete-approval.ts";
import { formTargetsOf } from "./redirect-target.ts";
import { nothingShared, RetryAtOuraPage, type RetryProblem } from "./retry-at-oura-page.tsx";
import { TakeOverPage } from "./take-over-page.tsx";

/**
 * A person starts to connect Oura on their own page ("Your MCP server") or while allowing an assistant. In both cases
 * Oura's page sends the browser back to the same callback address.
 */
export const connectRoutes = new Hono<AppEnv>();

/**
 * The OAuth `state` of a connection that a person starts on their own page begins with this prefix. When the connection
 * is a part of allowing an assistant, the OAuth provider creates the `state`, which never has this prefix. So the
 * callback can tell where the connection started.
 */
const panelPrefix = "panel-";

connectRoutes.post("/connect", async (c) => {
  const { agent, secret, accountId } = await requireSession(c);
  const { profile } = await readForm(c);
  unwrap(await agent.beginConnecting(secret));
  const scopes = profile === "yes" ? scopeNames : defaultScopeNames;
  const { verifier, challenge } = await createPkcePair();
  const state = `${panelPrefix}${randomId(32)}`;
  const expiresAt = now() + connectCookie.maxAgeSeconds * 1_000;
  await writeCookie(c, connectCookie, { state, verifier, accountId, expiresAt });
  const redirectUri = ouraCallbackAddress(c);
  return c.redirect(authorizeUrl(c.get("config").oura, { redirectUri, state, scopes, codeChallenge: challenge }), 303);
});

connectRoutes.get("/oura/callback", async (c) => {
  const session = await requireSession(c);
  const state = c.req.query("state") ?? "";
  return state.startsWith(panelPrefix) ? returnToPanel(c, session, state) : returnToAssistant(c, session);
});

async function returnToPanel(c: AppContext, session: Session, state: string): Promise<Response> {
  const flow = await readCookie(c, connectCookie);
  clearCookie(c, connectCookie);
  const isOwn =
    flow !== null && flow.expiresAt > now() && equalSecrets(flow.state, state) && flow.accountId === session.accountId;
  if (!isOwn) throw new AppError({ kind: "connect_expired" });
  if (c.req.query("error")) return c.redirect("/panel?message=denied-at-oura", 303);
  const result = await exchange(c, session, flow.verifier, { state, expiresAt: flow.expiresAt });
  switch (result.kind) {
    case "connected":
      return c.redirect("/panel?message=connected", 303);
    case "nothing_granted":
      return c.redirect("/panel?message=nothing-granted", 303);
    case "no_place":
      return c.redirect("/panel?message=no-place", 303);
    case "taken":
      return showTakeOver(c, null);
  }
}

/** What `prepareOura` stores until the person returns from Oura. */
const keptForReturn = z.object({ verifier: z.string(), accountId: z.string() });

async function returnToAssistant(c: AppContext, session: Session): Promise<Response> {
  const waiting = await c.env.OAUTH_PROVIDER.finishUpstream<unknown>(c.req.raw);
  const { data } = keptForReturn.safeParse(waiting.data);
  if (data?.accountId !== session.accountId) throw new AppError({ kind: "connect_expired" });
  if (c.req.query("error")) return refuseAuthorization(waiting.request, waiting.headers);
  const result = await settle(() => exchange(c, session, data.verifier, null));
  if (!result.ok) {
    // The assistant still waits for an answer, so its request is kept and the person can try to connect Oura again.
    const words = describeFailure(result.failure, linksOf(c));
    return showRetryAtOura(c, session, waiting, { heading: "Your ring could not be connected", words });
  }
  switch (result.value.kind) {
    case "connected":
    case "no_place": // the assistant is connected all the same, and its tools tell the person the position in the queue
      return completeApproval(c, session, waiting);
    case "nothing_granted":
      return showRetryAtOura(c, session, waiting, nothingShared);
    case "taken":
      return showTakeOver(c, waiting);
  }
}

async function exchange(
  c: AppContext,
  session: Session,
  verifier: string,
  ticket: { state: string; expiresAt: number } | null,
): Promise<ConnectResult> {
  const callback = {
    code: c.req.query("code") ?? "",
    redirectUri: ouraCallbackAddress(c),
    verifier,
    scope: c.req.query("scope") ?? null,
  };
  return unwrap(await session.agent.connectOura(session.secret, callback, ticket));
}

connectRoutes.post("/take-over", async (c) => {
  const session = await requireSession(c);
  const { handle, decision } = await readForm(c);
  const waiting = typeof handle === "string" ? handle : null;
  if (decision === "cancel") {
    unwrap(await session.agent.cancelTakeOver(session.secret));
    const denied = waiting === null ? null : await c.env.OAUTH_PROVIDER.denyConsent(c.req.raw, waiting);
    return denied ? new Response(null, { status: 302, headers: denied.headers }) : c.redirect("/panel", 303);
  }
  // The assistant's request is approved before anything else is changed, because `approveConsent` throws if the person
  // opened the page too long ago.
  const approved = waiting === null ? null : await c.env.OAUTH_PROVIDER.approveConsent(c.req.raw, waiting);
  unwrap(await session.agent.takeOver(session.secret));
  if (approved === null) return c.redirect("/panel?message=taken-over", 303);
  return completeApproval(c, session, approved);
});

connectRoutes.post("/disconnect", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { revoke } = await readForm(c);
  const { revoked } = unwrap(await agent.disconnect(secret, { revoke: revoke === "yes" }));
  return c.redirect(`/panel?message=${revoked ? "disconnected-and-revoked" : "disconnected"}`, 303);
});

/**
 * Asks whether to move the connection from another account to the one that is signed in.
 * @param waiting the request of an assistant that the person has allowed. It is completed after the decision. Null when
 *   the person started the connection on their own page
 */
async function showTakeOver(c: AppContext, waiting: ApprovedConsent | null): Promise<Response> {
  const kept = waiting && (await c.env.OAUTH_PROVIDER.beginConsent(waiting.request));
  for (const cookie of waiting?.headers.getSetCookie() ?? []) kept?.headers.append("Set-Cookie", cookie);
  return page(
    c,
    {
      title: "Already connected",
      ...(kept ? { headers: kept.headers } : {}),
      formTargets: waiting ? formTargetsOf(waiting.request.redirectUri) : [],
    },
    <TakeOverPage handle={kept?.handle ?? null} />,
  );
}

/** The assistant's request is kept, so that the person can try again to connect Oura. */
async function showRetryAtOura(
  c: AppContext,
  session: Session,
  waiting: ApprovedConsent,
  problem: RetryProblem,
): Promise<Response> {
  const { location, headers } = await prepareOura(c, session, waiting);
  const back = refuseAuthorization(waiting.request).headers.get("Location") ?? "/panel";
  return page(
    c,
    { title: problem.heading, headers, formTargets: formTargetsOf(location) },
    <RetryAtOuraPage problem={problem} again={location} back={back} />,
  );
}

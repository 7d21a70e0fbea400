import type { ApprovedConsent } from "@cloudflare/workers-oauth-provider";
import { Hono } from "hono";
import { describeFailure } from "../errors.ts";
import { defaultScopeNames, scopeNames } from "../oura/scopes.ts";
import { unwrap } from "../outcome.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { readForm } from "../web/forms.ts";
import { linksOf, page } from "../web/respond.tsx";
import { requireSession, type Session } from "../web/session.ts";
import { refuseAuthorization } from "./authorization-request.ts";
import { completeApproval, prepareOura } from "./complete-approval.ts";
import { decideTakeOver } from "./decide-take-over.ts";
import { formTargetsOf } from "./redirect-target.ts";
import { nothingShared, RetryAtOuraPage, type RetryProblem } from "./retry-at-oura-page.tsx";
import { leaveForOura, returnFromOura } from "./return-from-oura.ts";
import { TakeOverPage } from "./take-over-page.tsx";

/**
 * A person starts to connect Oura on their own page ("Your MCP server") or while allowing an assistant. In both cases
 * Oura's page sends the browser back to the same callback address.
 */
export const connectRoutes = new Hono<AppEnv>();

connectRoutes.post("/connect", async (c) => {
  const session = await requireSession(c);
  const { profile } = await readForm(c);
  return c.redirect(await leaveForOura(c, session, profile === "yes" ? scopeNames : defaultScopeNames), 303);
});

connectRoutes.get("/oura/callback", async (c) => {
  const session = await requireSession(c);
  const next = await returnFromOura(c, session);
  switch (next.kind) {
    case "to_panel":
      return c.redirect(`/panel?message=${next.message}`, 303);
    case "complete":
      return completeApproval(c, session, next.waiting);
    case "refuse":
      return refuseAuthorization(next.waiting.request, next.waiting.headers);
    case "try_again": {
      const words = next.failure && describeFailure(next.failure, linksOf(c));
      const problem = words === null ? nothingShared : { heading: "Your ring could not be connected", words };
      return showRetryAtOura(c, session, next.waiting, problem);
    }
    case "ask_take_over":
      return showTakeOver(c, next.waiting);
  }
});

connectRoutes.post("/take-over", async (c) => {
  const session = await requireSession(c);
  const { handle, decision } = await readForm(c);
  const decided = await decideTakeOver(c, session, decision === "cancel" ? "cancel" : "take_over", handle ?? null);
  switch (decided.kind) {
    case "cancelled":
      return decided.denied
        ? new Response(null, { status: 302, headers: decided.denied.headers })
        : c.redirect("/panel", 303);
    case "taken_over":
      return decided.approved
        ? completeApproval(c, session, decided.approved)
        : c.redirect("/panel?message=taken-over", 303);
  }
});

connectRoutes.post("/disconnect", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { revoke } = await readForm(c);
  const { revoked } = unwrap(await agent.disconnect(secret, { revoke: revoke === "yes" }));
  return c.redirect(`/panel?message=${revoked ? "disconnected-and-revoked" : "disconnected"}`, 303);
});

/**
 * Another account has the connection to Oura. Asks whether to move the connection to the account that is signed in.
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

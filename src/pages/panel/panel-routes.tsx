import { Hono } from "hono";
import { refuseAuthorization, waitingAssistant } from "../../auth/authorization-request.ts";
import { formTargetsOf } from "../../auth/redirect-target.ts";
import { now } from "../../clock.ts";
import { isScopeName } from "../../oura/scopes.ts";
import { unwrap } from "../../outcome.ts";
import { theRegistry } from "../../registry/registry.ts";
import type { AppContext, AppEnv } from "../../web/app.ts";
import { clearCookie, sessionCookie } from "../../web/cookies.ts";
import { readForm, readFormList } from "../../web/forms.ts";
import { limitAttempts, networkOf } from "../../web/limits.ts";
import { page } from "../../web/respond.tsx";
import { findSession, isSignedOut, requireFreshPanel, requireSession, safeNext } from "../../web/session.ts";
import { DeleteAccountPage, DeletedPage } from "./delete-account-page.tsx";
import { DisconnectPage } from "./disconnect-page.tsx";
import { messageFor } from "./messages.ts";
import { PanelPage } from "./panel-page.tsx";
import { viewPath } from "./preview-routes.tsx";
import { type Invitation, RegisterPage } from "./register.tsx";

/** The person's own page, whose heading is "Your MCP server", and the actions on it. */
export const panelRoutes = new Hono<AppEnv>();

panelRoutes.get("/panel", async (c) => {
  const session = await findSession(c);
  const view = session && (await session.readPanel());
  if (view === null || isSignedOut(view)) return c.redirect("/sign-in", 302);
  const panel = unwrap(view);
  return page(
    c,
    {
      title: "Your MCP server",
      message: messageFor(c.req.query("message")),
      scripts: ["passkey", "dialog", "copy", "preview"],
      shape: "full",
      frames: `${c.get("origin")}${viewPath}`,
      ...(panel.standing.kind === "pending" ? { refresh: { seconds: 30, path: "/panel" } } : {}),
      formTargets: formTargetsOf(c.get("config").oura.authorizeUrl),
    },
    <PanelPage view={panel} origin={c.get("origin")} serviceName={c.get("site").serviceName} now={now()} />,
  );
});

panelRoutes.get("/register", async (c) => {
  const here = `/register${new URL(c.req.url).search}`;
  if (!(await findSession(c))) return c.redirect(`/sign-in?next=${encodeURIComponent(here)}`, 302);
  const next = safeNext(c.req.query("next"));
  const waiting = await waitingAssistant(c, next);
  return page(
    c,
    { title: "Register Ōura Ring", formTargets: waiting ? formTargetsOf(waiting.redirectUri) : [] },
    <RegisterPage next={next} invitation={await readInvitation(c)} />,
  );
});

async function readInvitation(c: AppContext): Promise<Invitation | null> {
  const secret = c.req.query("invitation");
  return secret ? { secret, isValid: await theRegistry(c.env).knowsInvitation(secret) } : null;
}

panelRoutes.post("/register", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { next, invitation, decision } = await readForm(c);
  const onward = safeNext(next);
  if (decision === "cancel") {
    const waiting = await waitingAssistant(c, onward);
    return waiting ? refuseAuthorization(waiting) : c.redirect("/panel", 303);
  }
  await limitAttempts(c, c.env.LIMIT_REGISTRATION, "place");
  unwrap(await agent.register(secret, invitation || null, networkOf(c.req.raw)));
  return c.redirect(onward, 303);
});

panelRoutes.post("/assistants/revoke", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { id } = await readForm(c);
  unwrap(await agent.revokeAssistant(secret, id ?? ""));
  return c.redirect("/panel?message=assistant-revoked", 303);
});

panelRoutes.post("/assistants/revoke-all", async (c) => {
  const { agent, secret } = await requireSession(c);
  unwrap(await agent.revokeAllAssistants(secret));
  return c.redirect("/panel?message=assistants-revoked", 303);
});

panelRoutes.post("/assistants/narrow", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { id } = await readForm(c);
  const scopes = (await readFormList(c, "scope")).filter(isScopeName);
  if (scopes.length === 0) return c.redirect("/panel?message=nothing-left", 303);
  unwrap(await agent.narrowAssistant(secret, id ?? "", scopes));
  return c.redirect("/panel?message=permissions-saved", 303);
});

panelRoutes.post("/sessions/end", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { id } = await readForm(c);
  unwrap(await agent.endSession(secret, id ?? ""));
  return c.redirect("/panel?message=session-ended", 303);
});

panelRoutes.get("/disconnect", async (c) => {
  await requireSession(c);
  return page(c, { title: "Disconnect Ōura" }, <DisconnectPage />);
});

panelRoutes.get("/delete-account", async (c) => {
  await requireFreshPanel(await requireSession(c));
  return page(c, { title: "Delete account" }, <DeleteAccountPage />);
});

panelRoutes.post("/delete-account", async (c) => {
  const { agent, secret } = await requireSession(c);
  unwrap(await agent.deleteAccount(secret));
  clearCookie(c, sessionCookie);
  return page(c, { title: "Deleted" }, <DeletedPage />);
});

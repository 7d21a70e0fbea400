import { Hono } from "hono";
import { unwrap } from "../outcome.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { ownNamesOf } from "../web/client-name.ts";
import { limitAttempts } from "../web/limits.ts";
import { page } from "../web/respond.tsx";
import { findSession, isSignedOut } from "../web/session.ts";
import { readAuthRequest } from "./authorization-request.ts";
import { completeApproval, connectsNext, goToOura } from "./complete-approval.ts";
import { ConsentPage } from "./consent-page.tsx";
import { decideConsent } from "./decide-consent.ts";
import { formTargetsOf } from "./redirect-target.ts";
import { confirmAddress, signInAddress } from "./sign-in-address.ts";

/**
 * The pages that open when an assistant asks for access. The person signs in or creates an account, and chooses what
 * the assistant may read. If no ring is connected, the person then goes to Oura's page to connect it. The server sends
 * no request to Oura before the person has consented on the consent page.
 */
export const authorizeRoutes = new Hono<AppEnv>();

authorizeRoutes.get("/authorize", async (c) => {
  await limitAttempts(c, c.env.LIMIT_AUTHORIZE);
  return showConsent(c, null);
});

authorizeRoutes.post("/authorize", async (c) => {
  await limitAttempts(c, c.env.LIMIT_AUTHORIZE);
  const decided = await decideConsent(c);
  switch (decided.kind) {
    case "denied":
      return new Response(null, { status: 302, headers: decided.headers });
    case "nothing_ticked":
      return showConsent(c, "Tick at least one kind of data, or press Deny.");
    case "sign_in":
      return c.redirect(signInAddress(c), 303);
    case "confirm":
      return c.redirect(confirmAddress(c), 303);
    case "connect_oura":
      return goToOura(c, decided.session, decided.approved);
    case "complete":
      return completeApproval(c, decided.session, decided.approved);
  }
});

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
      formTargets: [...formTargetsOf(details.redirectUri), ...formTargetsOf(c.get("config").oura.authorizeUrl)],
    },
    <ConsentPage
      details={details}
      ownNames={ownNamesOf(c.get("site"))}
      handle={handle}
      action={next}
      problem={problem}
      connectsNext={connectsNext(standing)}
    />,
  );
}

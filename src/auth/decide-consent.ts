import type { ApprovedConsent } from "@cloudflare/workers-oauth-provider";
import { isScopeName } from "../oura/scopes.ts";
import { unwrap } from "../outcome.ts";
import type { AppContext } from "../web/app.ts";
import { readForm, readFormList } from "../web/forms.ts";
import { findSession, type Session } from "../web/session.ts";
import { connectsNext } from "./complete-approval.ts";

/** What happens next for a person who submits the consent page. */
export type Consent =
  /** The person pressed Deny. The headers lead the browser back to the assistant. */
  | { kind: "denied"; headers: Headers }
  /** The person pressed Allow but ticked no kind of data, so the page is shown again. */
  | { kind: "nothing_ticked" }
  | { kind: "sign_in" }
  /** The sign-in is too old to allow an assistant. */
  | { kind: "confirm" }
  /** The request is approved, and the person goes to Oura's page before it is completed. */
  | { kind: "connect_oura"; session: Session; approved: ApprovedConsent }
  | { kind: "complete"; session: Session; approved: ApprovedConsent };

/** Reads the form of the consent page. Tells the OAuth provider that the request is denied or approved. */
export async function decideConsent(c: AppContext): Promise<Consent> {
  const { handle = "", decision } = await readForm(c);
  if (decision !== "allow") {
    const { headers } = await c.env.OAUTH_PROVIDER.denyConsent(c.req.raw, handle);
    return { kind: "denied", headers };
  }
  const allowed = (await readFormList(c, "scope")).filter(isScopeName);
  if (allowed.length === 0) return { kind: "nothing_ticked" };
  const session = await findSession(c);
  if (session === null) return { kind: "sign_in" };
  const { standing, mayAllow } = unwrap(await session.readPanel());
  if (!mayAllow) return { kind: "confirm" };
  const approved = await c.env.OAUTH_PROVIDER.approveConsent(c.req.raw, handle, {
    // "offline_access" has no tick box, because every assistant may stay connected until the person revokes it.
    scope: [...allowed, "offline_access"],
  });
  return { kind: connectsNext(standing) ? "connect_oura" : "complete", session, approved };
}

import { Hono } from "hono";
import { parseAccountKey } from "../agent/account-key.ts";
import { unwrap } from "../agent/outcome.ts";
import { describeFailure, type Failure } from "../errors.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { statusOf } from "../web/failure-page.tsx";
import { readForm } from "../web/forms.ts";
import { limitAttempts } from "../web/limits.ts";
import { linksOf, page } from "../web/respond.tsx";
import { browserOf, requireSession, type Session, safeNext, startSession } from "../web/session.ts";
import { beginSignIn } from "./ceremonies.ts";
import { ConfirmPage } from "./confirm-page.tsx";

/**
 * A fresh proof before the ways in change or the account ends: signing in once more, to the same account. The session it
 * makes replaces this browser's, so a stolen copy of the old cookie gains nothing by it, and is worth nothing any more.
 */
export const confirmRoutes = new Hono<AppEnv>();

/** Where somebody goes who signed in too long ago; from there back to the page with the button. */
export function confirmAddress(c: AppContext): string {
  const next = c.req.path === "/delete-account" ? c.req.path : "/panel?message=confirmed";
  return `/confirm?next=${encodeURIComponent(next)}`;
}

confirmRoutes.get("/confirm", async (c) => showConfirm(c, await requireSession(c), safeNext(c.req.query("next"))));

async function showConfirm(c: AppContext, session: Session, next: string, failure?: Failure) {
  const { passkeys, hasAccountKey } = unwrap(await session.agent.panel(session.secret));
  const problem = failure && describeFailure(failure, linksOf(c));
  return page(
    c,
    { title: "Confirm that it is you", scripts: ["passkey"], status: failure ? statusOf(failure) : 200 },
    <ConfirmPage next={next} ways={{ passkey: passkeys.length > 0, key: hasAccountKey }} problem={problem} />,
  );
}

confirmRoutes.post("/confirm/options", async (c) => {
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  const { agent, secret, accountId } = await requireSession(c);
  const { passkeys } = unwrap(await agent.panel(secret));
  return c.json(await beginSignIn(c, { accountId, passkeys: passkeys.map(({ id }) => id) }));
});

confirmRoutes.post("/confirm/key", async (c) => {
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  const session = await requireSession(c);
  const { key, next } = await readForm(c);
  const parsed = parseAccountKey(key ?? "");
  if (parsed?.accountId !== session.accountId) {
    return showConfirm(c, session, safeNext(next), { kind: "account_key_wrong" });
  }
  const confirmed = await session.agent.signInWithKey(parsed.secret, browserOf(c));
  if (!confirmed.ok) return showConfirm(c, session, safeNext(next), confirmed.failure);
  await startSession(c, session.accountId, confirmed.value.sessionSecret);
  return c.redirect(safeNext(next), 303);
});

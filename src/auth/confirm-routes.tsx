import { Hono } from "hono";
import { parseAccountKey } from "../account/account-key.ts";
import { describeFailure, type Failure } from "../errors.ts";
import { unwrap } from "../outcome.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { statusOf } from "../web/failure-page.tsx";
import { readForm } from "../web/forms.ts";
import { limitAttempts } from "../web/limits.ts";
import { linksOf, page } from "../web/respond.tsx";
import { browserOf, requireSession, type Session, safeNext, startSession } from "../web/session.ts";
import { refuseAuthorization, waitingAssistant } from "./authorization-request.ts";
import { beginSignIn } from "./ceremonies.ts";
import { ConfirmPage } from "./confirm-page.tsx";
import { formTargetsOf } from "./redirect-target.ts";

/**
 * A recent sign-in is required to change the sign-in methods, to delete the account and to allow another assistant. The
 * new session replaces this browser's old session, so a stolen copy of the old cookie stops working.
 */
export const confirmRoutes = new Hono<AppEnv>();

confirmRoutes.get("/confirm", async (c) => showConfirm(c, await requireSession(c), safeNext(c.req.query("next"))));

async function showConfirm(c: AppContext, session: Session, next: string, failure?: Failure) {
  const { passkeys, hasAccountKey } = unwrap(await session.readPanel());
  const problem = failure && describeFailure(failure, linksOf(c));
  const waiting = await waitingAssistant(c, next);
  const back = waiting && refuseAuthorization(waiting).headers.get("Location");
  return page(
    c,
    {
      title: "Confirm that it is you",
      scripts: ["passkey"],
      status: failure ? statusOf(failure) : 200,
      formTargets: waiting ? formTargetsOf(waiting.redirectUri) : [],
    },
    <ConfirmPage
      next={next}
      ways={{ passkey: passkeys.length > 0, key: hasAccountKey }}
      problem={problem}
      back={back}
    />,
  );
}

confirmRoutes.post("/confirm/options", async (c) => {
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  const { accountId, readPanel } = await requireSession(c);
  const { passkeys } = unwrap(await readPanel());
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

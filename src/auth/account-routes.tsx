import { Hono } from "hono";
import { createAccountId, parseAccountKey } from "../account/account-key.ts";
import { describeFailure, type Failure } from "../errors.ts";
import { unwrap } from "../outcome.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { clearCookie, sessionCookie } from "../web/cookies.ts";
import { statusOf } from "../web/failure-page.tsx";
import { readForm } from "../web/forms.ts";
import { limitAttempts, networkOf } from "../web/limits.ts";
import { linksOf, page } from "../web/respond.tsx";
import { browserOf, findSession, requireFreshPanel, requireSession, safeNext, startSession } from "../web/session.ts";
import { AccountKeyPage } from "./account-key-page.tsx";
import { beginCreation, beginSignIn, takeAddition, takeCreation, takeSignIn } from "./ceremonies.ts";
import { readNewAccountTicket, writeNewAccountTicket } from "./new-account-ticket.ts";
import { readPasskeyResult, registrationResponse } from "./passkey-requests.ts";
import { SignInPage } from "./sign-in-page.tsx";

export const accountRoutes = new Hono<AppEnv>();

accountRoutes.get("/create-account", (c) => showSignIn(c, "create", safeNext(c.req.query("next"))));
accountRoutes.get("/sign-in", (c) => showSignIn(c, "sign_in", safeNext(c.req.query("next"))));

/**
 * @param next the page that opens after the person has signed in
 * @param failure why the last attempt to sign in failed, if there was one
 */
async function showSignIn(c: AppContext, first: "create" | "sign_in", next: string, failure?: Failure) {
  const title = first === "create" ? "Create account" : "Sign in";
  const waiting = next.startsWith("/authorize");
  const problem = failure && describeFailure(failure, linksOf(c));
  const ticket = await writeNewAccountTicket(c);
  return page(
    c,
    { title, scripts: ["passkey"], status: failure ? statusOf(failure) : 200 },
    <SignInPage next={next} first={first} waiting={waiting} problem={problem} ticket={ticket} />,
  );
}

accountRoutes.post("/create-account/options", async (c) => {
  await limitAttempts(c, c.env.LIMIT_REGISTRATION, "account");
  return c.json(await beginCreation(c, "create", createAccountId()));
});

accountRoutes.post("/create-account/passkey", async (c) => {
  const { response, next } = await readPasskeyResult(c);
  const ceremony = await takeCreation(c);
  const agent = c.env.RING_AGENT.getByName(ceremony.accountId);
  const registration = registrationResponse(response);
  const created = await agent.createWithPasskey(registration, ceremony, browserOf(c), networkOf(c.req.raw));
  const { sessionSecret } = unwrap(created);
  await startSession(c, ceremony.accountId, sessionSecret);
  return c.json({ next });
});

accountRoutes.post("/create-account/key", async (c) => {
  await limitAttempts(c, c.env.LIMIT_REGISTRATION, "account");
  const { next, ticket } = await readForm(c);
  const accountId = await readNewAccountTicket(c, ticket);
  if (accountId === null) return showSignIn(c, "create", safeNext(next), { kind: "form_expired" });
  const agent = c.env.RING_AGENT.getByName(accountId);
  const result = await agent.createWithKey(browserOf(c), networkOf(c.req.raw));
  if (!result.ok && result.failure.kind === "ceremony_failed") {
    return showSignIn(c, "create", safeNext(next), { kind: "form_expired" });
  }
  const created = unwrap(result);
  await startSession(c, accountId, created.sessionSecret);
  return showAccountKey(c, created.accountKey, safeNext(next));
});

accountRoutes.post("/sign-in/options", async (c) => {
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  return c.json(await beginSignIn(c));
});

accountRoutes.post("/sign-in/passkey", async (c) => {
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  const { response, next } = await readPasskeyResult(c);
  const signIn = await takeSignIn(c, response);
  const agent = c.env.RING_AGENT.getByName(signIn.accountId);
  const signedIn = await agent.signInWithPasskey(signIn.response, signIn.ceremony, browserOf(c));
  await startSession(c, signIn.accountId, unwrap(signedIn).sessionSecret);
  return c.json({ next });
});

accountRoutes.post("/sign-in/key", async (c) => {
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  const { key, next } = await readForm(c);
  const onward = safeNext(next);
  const parsed = parseAccountKey(key ?? "");
  if (parsed === null) return showSignIn(c, "sign_in", onward, { kind: "account_key_wrong" });
  const signedIn = await c.env.RING_AGENT.getByName(parsed.accountId).signInWithKey(parsed.secret, browserOf(c));
  if (!signedIn.ok) {
    // If there is no account with this id, the answer is the same as for a wrong key. So the answer does not reveal
    // which accounts exist.
    const { failure } = signedIn;
    return showSignIn(c, "sign_in", onward, failure.kind === "account_gone" ? { kind: "account_key_wrong" } : failure);
  }
  await startSession(c, parsed.accountId, signedIn.value.sessionSecret);
  return c.redirect(onward, 303);
});

accountRoutes.post("/passkeys/options", async (c) => {
  const session = await requireSession(c);
  const { accountId } = session;
  const { passkeys } = await requireFreshPanel(session);
  return c.json(
    await beginCreation(
      c,
      "add",
      accountId,
      passkeys.map((passkey) => passkey.id),
    ),
  );
});

accountRoutes.post("/passkeys", async (c) => {
  const { agent, secret, accountId } = await requireSession(c);
  const { response } = await readPasskeyResult(c);
  const ceremony = await takeAddition(c, accountId);
  unwrap(await agent.addPasskey(secret, registrationResponse(response), ceremony, browserOf(c)));
  return c.json({ next: "/panel?message=passkey-added" });
});

accountRoutes.post("/passkeys/name", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { id, name } = await readForm(c);
  unwrap(await agent.namePasskey(secret, id ?? "", name ?? ""));
  return c.redirect("/panel?message=passkey-named", 303);
});

accountRoutes.post("/passkeys/remove", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { id } = await readForm(c);
  unwrap(await agent.removePasskey(secret, id ?? ""));
  return c.redirect("/panel?message=passkey-removed", 303);
});

accountRoutes.post("/account-key", async (c) => {
  const { agent, secret } = await requireSession(c);
  const { accountKey } = unwrap(await agent.replaceAccountKey(secret));
  return showAccountKey(c, accountKey, "/panel");
});

accountRoutes.post("/sign-out", async (c) => {
  const session = await findSession(c);
  clearCookie(c, sessionCookie);
  if (session) await session.agent.signOut(session.secret);
  return c.redirect("/", 303);
});

accountRoutes.post("/sign-out-everywhere", async (c) => {
  const { agent, secret } = await requireSession(c);
  unwrap(await agent.signOutEverywhere(secret));
  clearCookie(c, sessionCookie);
  return c.redirect("/", 303);
});

function showAccountKey(c: AppContext, accountKey: string, next: string) {
  return page(
    c,
    { title: "Your account key", scripts: ["copy"] },
    <AccountKeyPage accountKey={accountKey} next={next} />,
  );
}

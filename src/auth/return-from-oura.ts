import type { ApprovedConsent } from "@cloudflare/workers-oauth-provider";
import * as z from "zod/mini";
import { now } from "../clock.ts";
import type { ConnectResult } from "../connection/connecting.ts";
import { equalSecrets, randomId } from "../crypto/secrets.ts";
import { AppError, type Failure } from "../errors.ts";
import { authorizeUrl, createPkcePair } from "../oura/oauth.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { settle, unwrap } from "../outcome.ts";
import type { AppContext } from "../web/app.ts";
import { clearCookie, connectCookie, readCookie, writeCookie } from "../web/cookies.ts";
import type { Session } from "../web/session.ts";
import { ouraCallbackAddress } from "./complete-approval.ts";

/**
 * The OAuth `state` of a connection that a person starts on their own page begins with this prefix. If the person
 * connects Oura while allowing an assistant, the OAuth provider creates the `state`, and it never begins with this
 * prefix. So the callback can tell where the connection started.
 */
const panelPrefix = "panel-";

/**
 * Starts a connection on the person's own page. Returns the address of Oura's permission page, and stores in a cookie
 * what {@link returnFromOura} needs.
 */
export async function leaveForOura(c: AppContext, session: Session, scopes: readonly ScopeName[]): Promise<string> {
  unwrap(await session.agent.beginConnecting(session.secret));
  const { verifier, challenge } = await createPkcePair();
  const state = `${panelPrefix}${randomId(32)}`;
  const expiresAt = now() + connectCookie.maxAgeSeconds * 1_000;
  await writeCookie(c, connectCookie, { state, verifier, accountId: session.accountId, expiresAt });
  const redirectUri = ouraCallbackAddress(c);
  return authorizeUrl(c.get("config").oura, { redirectUri, state, scopes, codeChallenge: challenge });
}

/** What happens next for a person who returns from Oura's permission page. */
export type Return =
  /** The person started on their own page, which opens again with this message. */
  | { kind: "to_panel"; message: "connected" | "no-place" | "nothing-granted" | "denied-at-oura" }
  /** The person has allowed an assistant. The assistant's request is now completed. */
  | { kind: "complete"; waiting: ApprovedConsent }
  /** The person refused on Oura's page, so the assistant's request is refused too. */
  | { kind: "refuse"; waiting: ApprovedConsent }
  /**
   * The assistant still waits for an answer, so the person can try again to connect Oura. `failure` is null when the
   * person left no permission ticked on Oura's page.
   */
  | { kind: "try_again"; waiting: ApprovedConsent; failure: Failure | null }
  /**
   * Another account has this connection, so the person decides whether to move it. `waiting` is null when the person
   * started on their own page.
   */
  | { kind: "ask_take_over"; waiting: ApprovedConsent | null };

/**
 * Finishes a connection when Oura's page sends the browser back. Throws `connect_expired` unless the same account
 * started this connection in the same browser at most ten minutes ago.
 */
export async function returnFromOura(c: AppContext, session: Session): Promise<Return> {
  const state = c.req.query("state") ?? "";
  return state.startsWith(panelPrefix) ? returnToPanel(c, session, state) : returnToAssistant(c, session);
}

async function returnToPanel(c: AppContext, session: Session, state: string): Promise<Return> {
  const started = await readCookie(c, connectCookie);
  clearCookie(c, connectCookie);
  const isOwn =
    started !== null &&
    started.expiresAt > now() &&
    equalSecrets(started.state, state) &&
    started.accountId === session.accountId;
  if (!isOwn) throw new AppError({ kind: "connect_expired" });
  if (c.req.query("error")) return { kind: "to_panel", message: "denied-at-oura" };
  const result = await connect(c, session, started.verifier, { state, expiresAt: started.expiresAt });
  switch (result.kind) {
    case "connected":
      return { kind: "to_panel", message: "connected" };
    case "nothing_granted":
      return { kind: "to_panel", message: "nothing-granted" };
    case "no_place":
      return { kind: "to_panel", message: "no-place" };
    case "taken":
      return { kind: "ask_take_over", waiting: null };
  }
}

/** What `prepareOura` stores until the person returns from Oura. */
const keptForReturn = z.object({ verifier: z.string(), accountId: z.string() });

async function returnToAssistant(c: AppContext, session: Session): Promise<Return> {
  // The OAuth provider checks that the `state` in the address is known and has not expired, and that it belongs to this
  // browser.
  const waiting = await c.env.OAUTH_PROVIDER.finishUpstream<unknown>(c.req.raw);
  const { data } = keptForReturn.safeParse(waiting.data);
  if (data?.accountId !== session.accountId) throw new AppError({ kind: "connect_expired" });
  if (c.req.query("error")) return { kind: "refuse", waiting };
  const result = await settle(() => connect(c, session, data.verifier, null));
  if (!result.ok) return { kind: "try_again", waiting, failure: result.failure };
  switch (result.value.kind) {
    case "connected":
    case "no_place": // the assistant is connected all the same, and its tools tell the person the position in the queue
      return { kind: "complete", waiting };
    case "nothing_granted":
      return { kind: "try_again", waiting, failure: null };
    case "taken":
      return { kind: "ask_take_over", waiting };
  }
}

async function connect(
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

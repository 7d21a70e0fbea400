import { DurableObject } from "cloudflare:workers";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { proveWithPasskey } from "../account/account.ts";
import { type Ceremony, parsePasskeyName, verifyNewPasskey } from "../account/passkeys.ts";
import { addingMilliseconds } from "../account/sessions.ts";
import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import { type ConnectResult, dropHeldTokens, type OuraCallback } from "../connection/connecting.ts";
import { AppError } from "../errors.ts";
import { allowAssistant } from "../grants/allow-assistant.ts";
import type { AssistantDetails } from "../grants/assistants.ts";
import { endAllApprovals, endApprovals } from "../grants/end-approvals.ts";
import { GrantSession, type GrantSessionParts, type RemoteGrants } from "../grants/grant-session.ts";
import type { Presented } from "../grants/grant-store.ts";
import { type AccessTokenDetails, makeAccessToken } from "../grants/make-access-token.ts";
import { findSuperseded } from "../grants/superseded.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { type Outcome, settle } from "../outcome.ts";
import { secondsLeftOfDay } from "../registry/daily-allowance.ts";
import type { Registration } from "../registry/registration.ts";
import { theRegistry } from "../registry/registry.ts";
import { flushAfterMilliseconds, writePending } from "./activity.ts";
import type { Identity } from "./mcp-endpoint.ts";
import { type PanelView, viewPanel } from "./panel-view.ts";
import { createParts, type Parts } from "./parts.ts";
import type { Preview } from "./preview.ts";
import { eraseStorage, leaveEverywhere, nextAlarm, runDue } from "./retention.ts";
import {
  type ConnectTicket,
  connectOura,
  disconnectOura,
  forgetConnection,
  registerForPlace,
  takeConnectionOver,
} from "./ring-connection.ts";

export interface NewSession {
  /** Stored only in the browser's sealed cookie. */
  sessionSecret: string;
}

/** A session as the worker sees it. */
export interface RemoteSession extends RemoteGrants {
  answer: Answer;
}

type Answer = (request: Request, identity: Identity) => Promise<Outcome<Response>>;

/** One request's session with an agent: the token check and the answer are one request to the object. */
class RequestSession extends GrantSession {
  readonly #answer: Answer;

  constructor(parts: GrantSessionParts, answer: Answer) {
    super(parts);
    this.#answer = answer;
  }

  answer(request: Request, identity: Identity): Promise<Outcome<Response>> {
    return this.#answer(request, identity);
  }
}

/**
 * The MCP endpoint with the protocol and all tools: most of the code, evaluated for the first MCP request only. A worker that
 * starts for a page or a token evaluates none of it.
 */
function importEndpoint() {
  return import("./mcp-endpoint.ts");
}

/**
 * The Durable Object of one account: its sign-in methods, its connection to Oura, its assistants, and the MCP endpoint.
 * Named by the account id. Methods that pages call return an {@link Outcome}.
 */
export class RingAgent extends DurableObject<Bindings> {
  protected readonly parts: Parts;
  private flushing: ReturnType<typeof setTimeout> | null = null;
  private endpoint: ReturnType<typeof importEndpoint> | null = null;

  constructor(context: DurableObjectState, env: Bindings) {
    super(context, env);
    this.parts = createParts(context, env, now);
  }

  /**
   * Opens one request's session, and reads the first entry of the OAuth store in the same round trip. No account:
   * deletes the object just created; the session then reads and writes nothing.
   */
  open(
    first: { key: string; presented: Presented | null } | null,
  ): Promise<Outcome<{ value: string | null; session: RequestSession }>> {
    return settle(async () => {
      const { account, assistants, grants } = this.parts;
      if (!account.exists()) await this.wipe();
      const parts = {
        store: grants,
        exists: account.exists,
        isAllowed: assistants.isAllowed,
        changed: () => this.scheduleAlarm(),
      };
      const session = new RequestSession(parts, (request, identity) => this.answer(request, identity));
      const value = first && account.exists() ? grants.read(first.key, first.presented) : null;
      // A token that is known is followed by its question: the endpoint loads while the worker checks the token.
      if (value !== null && first?.key.startsWith("token:")) this.scheduleLoading();
      return { value, session };
    });
  }

  /** Answers one MCP request; the caller has verified the token behind `identity`. */
  answer(request: Request, identity: Identity): Promise<Outcome<Response>> {
    return this.asAccount(async () => {
      this.endpoint ??= importEndpoint();
      const { answerMcp } = await this.endpoint;
      const response = await answerMcp(this.parts, request, identity, () => this.scheduleFlush());
      if (this.parts.tidy.dueAt() !== null) this.ctx.waitUntil(this.deleteFromKv());
      return response;
    });
  }

  /** @param network where the request comes from; the registry limits how many accounts are created from one */
  createWithPasskey(
    response: RegistrationResponseJSON,
    ceremony: Ceremony,
    browser: string,
    network: string,
  ): Promise<Outcome<NewSession>> {
    return settle(async () => {
      const passkey = await verifyNewPasskey(response, ceremony, now(), browser);
      await this.expectAdmission(network);
      // The ceremony's account id is random, so an existing account means that this challenge was used before.
      if (this.parts.account.exists()) throw new AppError({ kind: "ceremony_failed" });
      this.parts.account.create(passkey);
      return this.signedIn(browser);
    });
  }

  /** A double submit creates one account. The second call replaces the first call's key and session. */
  createWithKey(browser: string, network: string): Promise<Outcome<NewSession & { accountKey: string }>> {
    const create = async () => {
      await this.expectAdmission(network);
      this.parts.account.createWithoutPasskey();
      const accountKey = await this.parts.account.replaceKey();
      this.parts.sessions.endAll();
      return { accountKey, ...(await this.signedIn(browser)) };
    };
    return this.ctx.blockConcurrencyWhile(() => settle(create)); // a double submit is answered in order
  }

  signInWithPasskey(
    response: AuthenticationResponseJSON,
    ceremony: Ceremony & { expiresAt: number },
    browser: string,
  ): Promise<Outcome<NewSession>> {
    return this.asAccount(async () => {
      await proveWithPasskey(this.parts.account, response, ceremony);
      return this.signedIn(browser);
    });
  }

  signInWithKey(secret: string, browser: string): Promise<Outcome<NewSession>> {
    return this.asAccount(async () => {
      await this.parts.account.checkKey(secret);
      return this.signedIn(browser);
    });
  }

  addPasskey(
    session: string,
    response: RegistrationResponseJSON,
    ceremony: Ceremony & { expiresAt: number },
    browser: string,
  ): Promise<Outcome<void>> {
    return this.asFreshOwner(session, async () => {
      if (!(await this.parts.account.useChallenge(ceremony.challenge, ceremony.expiresAt))) {
        throw new AppError({ kind: "ceremony_failed" });
      }
      this.parts.account.addPasskey(await verifyNewPasskey(response, ceremony, now(), browser));
    });
  }

  namePasskey(session: string, id: string, name: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.account.namePasskey(id, parsePasskeyName(name)));
  }

  removePasskey(session: string, id: string): Promise<Outcome<void>> {
    return this.asFreshOwner(session, () => this.parts.account.removePasskey(id));
  }

  replaceAccountKey(session: string): Promise<Outcome<{ accountKey: string }>> {
    return this.asFreshOwner(session, async () => ({ accountKey: await this.parts.account.replaceKey() }));
  }

  /** The data the panel shows. */
  panel(session: string): Promise<Outcome<PanelView>> {
    return this.asOwner(session, (sessionId) => viewPanel(this.parts, sessionId));
  }

  /** Last night as an assistant would get it, shown to the owner. */
  preview(session: string, origin: string): Promise<Outcome<Preview>> {
    return this.asOwner(session, async () => {
      const { previewLastNight } = await import("./preview.ts");
      return previewLastNight(this.parts, origin, () => this.scheduleFlush());
    });
  }

  /** @param network where the request comes from; the registry limits how many register from one */
  register(session: string, invitation: string | null, network: string): Promise<Outcome<Registration>> {
    return this.asOwner(session, async () => {
      await this.scheduleAlarm();
      return registerForPlace(this.parts, invitation, network);
    });
  }

  /** The person is about to go to Oura to connect: a place that is offered to this account waits until they are back. */
  beginConnecting(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => theRegistry(this.env).reserve(this.parts.accountId));
  }

  /** @param ticket the single-use OAuth state of a flow that started in the panel; null for an assistant's flow */
  connectOura(session: string, callback: OuraCallback, ticket: ConnectTicket | null): Promise<Outcome<ConnectResult>> {
    return this.asOwner(session, async () => {
      const result = await connectOura(this.parts, callback, ticket);
      await this.scheduleAlarm();
      return result;
    });
  }

  /** Moves the connection and the place from the other account that holds the same Oura account. */
  takeOver(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, async () => {
      await takeConnectionOver(this.parts);
      await this.scheduleAlarm();
    });
  }

  /** The person declined the take-over: deletes the held tokens and revokes them at Oura. */
  cancelTakeOver(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => dropHeldTokens(this.parts.connecting()));
  }

  /** Called by the agent that takes the connection over. The tokens here no longer work. */
  async loseConnection(): Promise<void> {
    if (!this.parts.account.exists()) return this.wipe();
    await forgetConnection(this.parts);
    await this.deleteFromKv();
  }

  disconnect(session: string, options: { revoke: boolean }): Promise<Outcome<{ revoked: boolean }>> {
    return this.asOwner(session, () => disconnectOura(this.parts, options));
  }

  addAssistant(session: string, details: AssistantDetails): Promise<Outcome<{ assistantId: string }>> {
    const allow = (sessionId: string) => {
      const found = this.parts.sessions.find(sessionId);
      const browser = found?.browserId ? { name: found.browser, id: found.browserId } : null;
      return allowAssistant(this.parts, details, browser);
    };
    return this.asFreshOwner(session, allow, addingMilliseconds);
  }

  /** Makes an access token for a program. Its text is returned once and not stored. */
  makeAccessToken(session: string, details: AccessTokenDetails): Promise<Outcome<{ token: string }>> {
    const make = async () => {
      const { accountId, assistants, config } = this.parts;
      const made = await makeAccessToken({ accountId, assistants, tokenKeys: config().tokenKeys, now }, details);
      await this.scheduleAlarm();
      return made;
    };
    return this.asFreshOwner(session, make, addingMilliseconds);
  }

  revokeAssistant(session: string, assistantId: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => {
      endApprovals(this.parts, [assistantId]);
      return this.deleteFromKv();
    });
  }

  revokeAllAssistants(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => {
      endAllApprovals(this.parts);
      return this.deleteFromKv();
    });
  }

  /** Removes scopes. Adding scopes goes through the consent page. */
  narrowAssistant(session: string, assistantId: string, scopes: readonly ScopeName[]): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.assistants.narrow(assistantId, scopes));
  }

  /** Signing in again in the same browser: the session before ends. */
  replaceSession(session: string, before: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.succeed(session, before));
  }

  signOut(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, (sessionId) => this.parts.sessions.end(sessionId));
  }

  /** Signs one browser out. The session id is not secret. */
  endSession(session: string, id: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.end(id));
  }

  signOutEverywhere(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.endAll());
  }

  /** Deletes the place, the connection to Oura and this object's storage, with all grants and tokens. */
  deleteAccount(session: string): Promise<Outcome<void>> {
    return this.asFreshOwner(session, async () => {
      await leaveEverywhere(this.parts);
      await this.wipe();
      await this.deleteFromKv();
    });
  }

  /** Runs when stored data or answers in memory may have expired, or the account may have been idle too long. */
  override async alarm(): Promise<void> {
    this.parts.cache.prune();
    if (!this.parts.account.exists()) {
      await this.deleteFromKv();
      return this.wipe();
    }
    if ((await runDue(this.parts)) === "in_use") await this.scheduleAlarm();
  }

  /** Throws `too_many_today` when no further account may be created from this network. */
  private async expectAdmission(network: string): Promise<void> {
    if (this.parts.account.exists() || (await theRegistry(this.env).admit("accounts", network))) return;
    throw new AppError({ kind: "too_many_today", retryAfterSeconds: secondsLeftOfDay(now()) });
  }

  private async signedIn(browser: string): Promise<NewSession> {
    this.parts.account.noteSeen();
    const sessionSecret = await this.parts.sessions.start(browser);
    await this.scheduleAlarm();
    return { sessionSecret };
  }

  /** Runs work that needs an account. No account: deletes the object just created and answers `account_gone`. */
  private asAccount<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
    return settle(async () => {
      if (!this.parts.account.exists()) {
        await this.wipe();
        throw new AppError({ kind: "account_gone" });
      }
      return work();
    });
  }

  /** Runs work for a signed-in owner. */
  private asOwner<T>(session: string, work: (sessionId: string) => T | Promise<T>): Promise<Outcome<T>> {
    return this.asAccount(async () => {
      const sessionId = await this.parts.sessions.check(session);
      this.parts.account.noteSeen();
      try {
        return await work(sessionId);
      } finally {
        if (this.parts.troubles.isPending()) this.scheduleFlush();
      }
    });
  }

  /**
   * Runs work that requires a recent sign-in: changing the sign-in methods, deleting the account or allowing another
   * assistant. An old cookie is not enough for these.
   */
  private asFreshOwner<T>(
    session: string,
    work: (sessionId: string) => T | Promise<T>,
    within?: number,
  ): Promise<Outcome<T>> {
    return this.asOwner(session, (sessionId) => {
      if (!this.parts.sessions.isFresh(sessionId, within)) throw new AppError({ kind: "proof_needed" });
      return work(sessionId);
    });
  }

  /**
   * Sets the alarm for the next expiry or idle limit, unless an earlier one is set. The alarm checks again what is due.
   */
  private async scheduleAlarm(): Promise<void> {
    const { storage } = this.ctx;
    const alarm = await storage.getAlarm();
    const due = nextAlarm(this.parts);
    if (due !== null && (alarm === null || due < alarm)) await storage.setAlarm(due);
  }

  /** Deletes everything, except what is still to be deleted in Workers KV. */
  private async wipe(): Promise<void> {
    if (this.flushing !== null) clearTimeout(this.flushing);
    this.flushing = null;
    await eraseStorage(this.parts, this.ctx.storage);
    await this.scheduleAlarm();
  }

  /** Deletes what is left in Workers KV. When that is refused, the alarm tries again. */
  private async deleteFromKv(): Promise<void> {
    await this.parts.tidy.run();
    await this.scheduleAlarm();
  }

  /** Loads the endpoint in a turn of its own, so that what the caller waits for is sent first. */
  private scheduleLoading(): void {
    if (this.endpoint === null) setTimeout(() => (this.endpoint ??= importEndpoint()), 0);
  }

  /** Schedules one {@link flush} for the calls of a moment. The object is not idle, and is billed, until the timer ends. */
  private scheduleFlush(): void {
    this.flushing ??= setTimeout(() => {
      this.flushing = null;
      this.flush();
    }, flushAfterMilliseconds);
  }

  /** Writes what calls left in memory, and sets the alarm that drops the answers they left there. */
  flush(): void {
    const counts = this.parts.troubles.take();
    if (counts) this.ctx.waitUntil(theRegistry(this.env).countTroubles(counts));
    // Times of use have changed, so one approval may have taken the place of another.
    if (writePending(this.parts)) endApprovals(this.parts, findSuperseded(this.parts.assistants.list()));
    this.ctx.waitUntil(this.scheduleAlarm());
  }
}

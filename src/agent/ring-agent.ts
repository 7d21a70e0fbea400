import { DurableObject } from "cloudflare:workers";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { type Ceremony, parsePasskeyName } from "../account/passkeys.ts";
import { addingMilliseconds } from "../account/sessions.ts";
import {
  addPasskey,
  createWithKey,
  createWithPasskey,
  type NewSession,
  type SingleUseCeremony,
  signInWithKey,
  signInWithPasskey,
} from "../account/sign-in.ts";
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
import type { ScopeName } from "../oura/scopes.ts";
import { inBackground, type Outcome, settle, unwrap } from "../outcome.ts";
import { expectAdmission } from "../registry/expect-admission.ts";
import type { Registration } from "../registry/registration.ts";
import { theRegistry } from "../registry/registry.ts";
import type { Identity } from "./mcp-endpoint.ts";
import { type PanelView, viewPanel } from "./panel-view.ts";
import { createParts, type Parts } from "./parts.ts";
import type { Preview } from "./preview.ts";
import { leaveEverywhere } from "./retention.ts";
import {
  type ConnectTicket,
  connectOura,
  disconnectOura,
  forgetConnection,
  registerForPlace,
  takeConnectionOver,
} from "./ring-connection.ts";
import { createSchedule, type Schedule } from "./schedule.ts";

/**
 * The object through which the worker uses an account's Durable Object during one request. The worker calls its methods
 * remotely (RPC).
 */
export interface RemoteSession extends RemoteGrants {
  answer: Answer;
}

type Answer = (request: Request, identity: Identity) => Promise<Outcome<Response>>;

/**
 * The object through which the worker uses an account's Durable Object during one request. The worker checks the token
 * and gets the answer through the same object, because the platform then bills only one request to the Durable Object.
 */
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
 * Imports the MCP endpoint with the protocol and all tools, which are most of the code. The code is imported when the
 * first MCP request needs it. So a worker that was started for a page or a token need not load this code.
 */
function importEndpoint() {
  return import("./mcp-endpoint.ts");
}

/**
 * The Durable Object of one account, named by the account id. It holds the account's sign-in methods, its connection to
 * Oura, its assistants, and the MCP endpoint. Methods that pages call return an {@link Outcome} and do not throw
 * expected errors, because a thrown error loses its class in calls between objects.
 */
export class RingAgent extends DurableObject<Bindings> {
  protected readonly parts: Parts;
  private readonly schedule: Schedule;
  private endpoint: ReturnType<typeof importEndpoint> | null = null;

  constructor(context: DurableObjectState, env: Bindings) {
    super(context, env);
    this.parts = createParts(context, env, now);
    this.schedule = createSchedule(this.parts, context, () => this.flush());
  }

  /**
   * Returns the object through which one request uses the account. The same call also returns the first entry that the
   * request needs from the OAuth store, which saves a round trip. If there is no account, this call has just created
   * the Durable Object, so its storage is deleted again, and the returned object reads and writes nothing.
   */
  open(
    first: { key: string; presented: Presented | null } | null,
  ): Promise<Outcome<{ value: string | null; session: RequestSession }>> {
    return settle(async () => {
      const { account, assistants, grants } = this.parts;
      if (!account.exists()) await this.schedule.wipe();
      const parts = {
        store: grants,
        exists: account.exists,
        isAllowed: assistants.isAllowed,
        changed: () => this.schedule.setAlarm(),
      };
      const session = new RequestSession(parts, (request, identity) => this.answer(request, identity));
      const value = first && account.exists() ? grants.read(first.key, first.presented) : null;
      // If the token is known, the request needs the MCP endpoint next. So the code of the endpoint is loaded while the
      // worker checks the token.
      if (value !== null && first?.key.startsWith("token:")) this.scheduleLoading();
      return { value, session };
    });
  }

  /** Answers one MCP request. The caller has already verified the token that `identity` comes from. */
  answer(request: Request, identity: Identity): Promise<Outcome<Response>> {
    return this.asAccount(async () => {
      this.endpoint ??= importEndpoint();
      const { answerMcp } = await this.endpoint;
      const response = await answerMcp(this.parts, request, identity, () => this.schedule.flushLater());
      if (this.parts.tidy.dueAt() !== null) {
        this.ctx.waitUntil(inBackground(() => this.schedule.deleteFromKv()));
      }
      return response;
    });
  }

  /**
   * Creates an account with its first passkey.
   * @param network the caller's IPv4 address or the /48 prefix of the IPv6 address; the registry limits how many
   *   accounts are created from one network
   */
  createWithPasskey(
    response: RegistrationResponseJSON,
    ceremony: Ceremony,
    browser: string,
    network: string,
  ): Promise<Outcome<NewSession>> {
    const admit = () => expectAdmission(this.parts, network);
    return settle(() => this.schedule.alarmAfter(createWithPasskey(this.parts, response, ceremony, browser, admit)));
  }

  /**
   * Creates an account with an account key. If the form is submitted twice, one account is created: the second call
   * replaces the key and the session of the first call.
   */
  createWithKey(browser: string, network: string): Promise<Outcome<NewSession & { accountKey: string }>> {
    const admit = () => expectAdmission(this.parts, network);
    const create = () => this.schedule.alarmAfter(createWithKey(this.parts, browser, admit));
    return this.ctx.blockConcurrencyWhile(() => settle(create)); // two calls never run at once
  }

  signInWithPasskey(
    response: AuthenticationResponseJSON,
    ceremony: SingleUseCeremony,
    browser: string,
  ): Promise<Outcome<NewSession>> {
    return this.asAccount(() => this.schedule.alarmAfter(signInWithPasskey(this.parts, response, ceremony, browser)));
  }

  signInWithKey(secret: string, browser: string): Promise<Outcome<NewSession>> {
    return this.asAccount(() => this.schedule.alarmAfter(signInWithKey(this.parts, secret, browser)));
  }

  addPasskey(
    session: string,
    response: RegistrationResponseJSON,
    ceremony: SingleUseCeremony,
    browser: string,
  ): Promise<Outcome<void>> {
    return this.asFreshOwner(session, () => addPasskey(this.parts, response, ceremony, browser));
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

  panel(session: string): Promise<Outcome<PanelView>> {
    return this.asOwner(session, (sessionId) => viewPanel(this.parts, sessionId));
  }

  /** Returns the answer about last night that an assistant would get, to show it to the account's owner. */
  preview(session: string, origin: string): Promise<Outcome<Preview>> {
    return this.asOwner(session, async () => {
      const { previewLastNight } = await import("./preview.ts");
      return previewLastNight(this.parts, origin, () => this.schedule.flushLater());
    });
  }

  /**
   * Registers the account to connect a ring. The number of connected accounts is limited, so the account may have to
   * wait in a queue.
   * @param network the caller's IPv4 address or the /48 prefix of the IPv6 address; the registry limits how many
   *   accounts register from one network
   */
  register(session: string, invitation: string | null, network: string): Promise<Outcome<Registration>> {
    return this.asOwner(session, async () => {
      await this.schedule.setAlarm();
      return registerForPlace(this.parts, invitation, network);
    });
  }

  /**
   * Called before the person goes to Oura's page to connect. If the account may connect now, the registry reserves one
   * of the limited number of connections for it while the person is on Oura's page.
   */
  beginConnecting(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => theRegistry(this.env).reserve(this.parts.accountId));
  }

  /**
   * Completes the connection to Oura after the person has returned from Oura's page.
   * @param ticket The single-use OAuth `state` of a connection that the person started on their own page. Null for a
   *   connection that was started while the person allowed an assistant.
   */
  connectOura(session: string, callback: OuraCallback, ticket: ConnectTicket | null): Promise<Outcome<ConnectResult>> {
    return this.asOwner(session, () => this.schedule.alarmAfter(connectOura(this.parts, callback, ticket)));
  }

  /**
   * Called when an Oura account is connected to another account of this service and the person wants to use it with
   * this account instead. Moves the connection to this account and disconnects the other account.
   */
  takeOver(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.schedule.alarmAfter(takeConnectionOver(this.parts)));
  }

  /**
   * Called when the person decides not to move the connection of another account to this account. Deletes the new Oura
   * tokens that were kept until the decision, and revokes them at Oura.
   */
  cancelTakeOver(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => dropHeldTokens(this.parts.connecting()));
  }

  /**
   * Called when the person moves the connection to Oura from this account to another account. Deletes this account's
   * stored tokens. The other account's Durable Object makes the call.
   */
  async loseConnection(): Promise<void> {
    const outcome = await settle(async () => {
      if (!this.parts.account.exists()) return this.schedule.wipe();
      await forgetConnection(this.parts);
      await this.schedule.deleteFromKv();
    });
    unwrap(outcome);
  }

  disconnect(session: string, options: { revoke: boolean }): Promise<Outcome<{ revoked: boolean }>> {
    return this.asOwner(session, () => disconnectOura(this.parts, options));
  }

  addAssistant(session: string, details: AssistantDetails): Promise<Outcome<{ assistantId: string }>> {
    const allow = (sessionId: string) => allowAssistant(this.parts, details, this.parts.sessions.find(sessionId));
    return this.asFreshOwner(session, allow, addingMilliseconds);
  }

  /**
   * Makes an access token for a program that cannot open a browser. The text of the token is returned only now and is
   * not stored.
   */
  makeAccessToken(session: string, details: AccessTokenDetails): Promise<Outcome<{ token: string }>> {
    const make = () => this.schedule.alarmAfter(makeAccessToken(this.parts, details));
    return this.asFreshOwner(session, make, addingMilliseconds);
  }

  revokeAssistant(session: string, assistantId: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => {
      endApprovals(this.parts, [assistantId]);
      return this.schedule.deleteFromKv();
    });
  }

  revokeAllAssistants(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => {
      endAllApprovals(this.parts);
      return this.schedule.deleteFromKv();
    });
  }

  /** Removes scopes (permissions) from an assistant. Scopes can be added only on the consent page. */
  narrowAssistant(session: string, assistantId: string, scopes: readonly ScopeName[]): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.assistants.narrow(assistantId, scopes));
  }

  /** Called when the person signs in again in the same browser. Ends the session that the browser had before. */
  replaceSession(session: string, before: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.succeed(session, before));
  }

  signOut(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, (sessionId) => this.parts.sessions.end(sessionId));
  }

  /**
   * Signs one browser out. The id of the browser's session may be sent to pages, because the id is only a hash of the
   * secret in the browser's cookie.
   */
  endSession(session: string, id: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.end(id));
  }

  signOutEverywhere(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.endAll());
  }

  /**
   * Deletes the account: its connection to Oura, its entry in the registry (which lists the accounts that may connect),
   * and this object's storage with all grants and tokens.
   */
  deleteAccount(session: string): Promise<Outcome<void>> {
    return this.asFreshOwner(session, async () => {
      await leaveEverywhere(this.parts);
      await this.schedule.wipe();
      await this.schedule.deleteFromKv();
    });
  }

  /**
   * The platform calls this at the time for which the alarm was set: when stored data or Oura's answers in memory may
   * have expired, or when the account may have been idle for too long.
   */
  override async alarm(): Promise<void> {
    unwrap(await settle(() => this.schedule.runAlarm())); // the platform logs the error and tries the alarm again
  }

  /**
   * Writes to storage what tool calls have kept only in memory: the list of calls, and when each assistant was last
   * used.
   */
  flush(): void {
    this.schedule.flush();
  }

  /**
   * Runs work that needs an account. If there is no account, this request has just created the Durable Object. Its
   * storage is then deleted again, and the outcome is `account_gone`.
   */
  private asAccount<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
    return settle(async () => {
      if (!this.parts.account.exists()) {
        await this.schedule.wipe();
        throw new AppError({ kind: "account_gone" });
      }
      return work();
    });
  }

  /** Runs work for the owner of the account, after checking the session of the owner's browser. */
  private asOwner<T>(session: string, work: (sessionId: string) => T | Promise<T>): Promise<Outcome<T>> {
    return this.asAccount(async () => {
      const sessionId = await this.parts.sessions.check(session);
      this.parts.account.noteSeen();
      try {
        return await work(sessionId);
      } finally {
        if (this.parts.troubles.isPending()) this.schedule.flushLater();
      }
    });
  }

  /**
   * Runs work that requires a recent sign-in: changing the sign-in methods, deleting the account or allowing another
   * assistant. The cookie of an old session is not enough for this work.
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
   * Loads the code of the MCP endpoint in a later turn of the event loop, so that it does not delay the result for
   * which the caller waits.
   */
  private scheduleLoading(): void {
    if (this.endpoint === null) setTimeout(() => (this.endpoint ??= importEndpoint()), 0);
  }
}

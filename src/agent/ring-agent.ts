import { DurableObject } from "cloudflare:workers";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { proveWithPasskey } from "../account/account.ts";
import { type Ceremony, parsePasskeyName, verifyNewPasskey } from "../account/passkeys.ts";
import { allowingMilliseconds } from "../account/sessions.ts";
import type { Bindings } from "../bindings.ts";
import { now } from "../clock.ts";
import {
  type ConnectResult,
  dropHeld,
  finishConnecting,
  finishTakeOver,
  type OuraCallback,
} from "../connection/connecting.ts";
import { AppError } from "../errors.ts";
import type { AssistantDetails } from "../grants/assistants.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { type Outcome, settle } from "../outcome.ts";
import type { Registration } from "../registry/registration.ts";
import { theRegistry } from "../registry/registry.ts";
import { flushAfterMilliseconds, writeWaiting } from "./activity.ts";
import { answerMcp, type Identity, type McpAnswer } from "./mcp-endpoint.ts";
import { type PanelView, viewPanel } from "./panel-view.ts";
import { createParts, type Parts } from "./parts.ts";
import { type Preview, previewLastNight } from "./preview.ts";
import { forgetWhatIsOver, giveUpConnection, idleMilliseconds, nextOver } from "./retention.ts";

export interface NewSession {
  /** Goes into the browser's sealed cookie and nowhere else. */
  sessionSecret: string;
}

/**
 * Everything about one person, in one place: the ways into the account, the connection to Oura, who may read what, and the
 * MCP endpoint that answers from it. Named by the account id. What pages call answers with an {@link Outcome}.
 */
export class RingAgent extends DurableObject<Bindings> {
  protected readonly parts: Parts;
  private flushing: ReturnType<typeof setTimeout> | null = null;

  constructor(context: DurableObjectState, env: Bindings) {
    super(context, env);
    this.parts = createParts(context, env, now);
  }

  /** Answers one MCP request; the caller has verified the token behind `identity`. */
  answer(request: Request, identity: Identity): Promise<McpAnswer> {
    return answerMcp(this.parts, request, identity, () => this.flushSoon());
  }

  createWithPasskey(
    response: RegistrationResponseJSON,
    ceremony: Ceremony,
    browser: string,
  ): Promise<Outcome<NewSession>> {
    return settle(async () => {
      const passkey = await verifyNewPasskey(response, ceremony, now(), browser);
      // The ceremony's random account id makes its challenge single-use: the second time, the account exists.
      if (this.parts.account.exists()) throw new AppError({ kind: "ceremony_failed" });
      this.parts.account.create(passkey);
      return this.signedIn(browser);
    });
  }

  /** Pressed twice, it makes one account: the second press gets the key that counts, and only its session. */
  createWithKey(browser: string): Promise<Outcome<NewSession & { accountKey: string }>> {
    const create = async () => {
      this.parts.account.createOrAgain();
      const accountKey = await this.parts.account.replaceKey();
      this.parts.sessions.endAll();
      return { accountKey, ...(await this.signedIn(browser)) };
    };
    return this.ctx.blockConcurrencyWhile(() => settle(create)); // presses are answered in their order
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

  /** Everything the panel shows. */
  panel(session: string): Promise<Outcome<PanelView>> {
    return this.asOwner(session, (sessionId) => viewPanel(this.parts, sessionId));
  }

  /** Last night as an assistant would get it, for the owner to see. */
  preview(session: string, origin: string): Promise<Outcome<Preview>> {
    return this.asOwner(session, () => previewLastNight(this.parts, origin, () => this.flushSoon()));
  }

  register(session: string, invitation: string | null): Promise<Outcome<Registration>> {
    return this.asOwner(session, async () => {
      await this.lookAgain();
      return await theRegistry(this.env).register(this.parts.accountId, invitation);
    });
  }

  /** @param ticket the state of a walk that began in the panel, which works once */
  connectOura(
    session: string,
    callback: OuraCallback,
    ticket: { state: string; expiresAt: number } | null,
  ): Promise<Outcome<ConnectResult>> {
    return this.asOwner(session, async () => {
      if (ticket && !(await this.parts.account.useChallenge(ticket.state, ticket.expiresAt))) {
        throw new AppError({ kind: "connect_expired" });
      }
      const result = await finishConnecting(this.parts.connecting(), callback);
      this.parts.cache.clear();
      await this.lookAgain();
      return result;
    });
  }

  /** Takes the connection over from the account that holds the same Oura account, together with its place. */
  takeOver(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, async () => {
      await finishTakeOver(this.parts.connecting(), (holder) => this.env.RING_AGENT.getByName(holder).loseConnection());
      this.parts.cache.clear();
      await this.lookAgain();
    });
  }

  /** The person left the take-over alone: the tokens that waited for it are given back. */
  cancelTakeOver(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => dropHeld(this.parts.connecting()));
  }

  /** Called by the agent that took the connection over; the tokens here are worth nothing any more. */
  async loseConnection(): Promise<void> {
    if (!this.parts.account.exists()) return this.wipe();
    this.parts.cache.clear();
    await this.parts.connection().disconnect({ revoke: false });
  }

  disconnect(session: string, options: { revoke: boolean }): Promise<Outcome<{ revoked: boolean }>> {
    return this.asOwner(session, async () => {
      this.parts.cache.clear();
      await dropHeld(this.parts.connecting());
      const revoked = await this.parts.connection().disconnect(options);
      await theRegistry(this.env).releaseOwner(this.parts.accountId);
      return { revoked };
    });
  }

  addAssistant(session: string, details: AssistantDetails): Promise<Outcome<{ assistantId: string }>> {
    // The walk to Oura and back may lie between the page, which asks for a proof in time, and this.
    const within = allowingMilliseconds + 3_600_000;
    return this.asFreshOwner(session, () => ({ assistantId: this.parts.assistants.add(details) }), within);
  }

  revokeAssistant(session: string, assistantId: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => {
      this.parts.assistants.revoke(assistantId);
      return this.lookAgain();
    });
  }

  /** Takes scopes away; more goes through the consent page. */
  narrowAssistant(session: string, assistantId: string, scopes: readonly ScopeName[]): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.assistants.narrow(assistantId, scopes));
  }

  signOut(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, (sessionId) => this.parts.sessions.end(sessionId));
  }

  /** Signs one browser out; its id is no secret. */
  endSession(session: string, id: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.end(id));
  }

  signOutEverywhere(session: string): Promise<Outcome<void>> {
    return this.asOwner(session, () => this.parts.sessions.endAll());
  }

  /** Everything goes: the place, the tie to Oura, this object's whole storage. The caller revokes the MCP grants. */
  deleteAccount(session: string): Promise<Outcome<void>> {
    return this.asFreshOwner(session, async () => {
      await dropHeld(this.parts.connecting());
      await this.parts.connection().disconnect({ revoke: true });
      await theRegistry(this.env).release(this.parts.accountId);
      await this.wipe();
    });
  }

  /** Fires when something kept for a time is over, or the account may have been idle long enough. */
  override async alarm(): Promise<void> {
    if (!this.parts.account.exists()) return this.wipe();
    forgetWhatIsOver(this.parts);
    if (this.parts.account.load().lastSeenAt + idleMilliseconds > now()) return this.lookAgain();
    await giveUpConnection(this.parts);
  }

  private async signedIn(browser: string): Promise<NewSession> {
    this.parts.account.noteSeen();
    const sessionSecret = await this.parts.sessions.start(browser);
    await this.lookAgain();
    return { sessionSecret };
  }

  /** Work that needs an account here. Without one, whoever asked made this object appear: it says so and vanishes. */
  private asAccount<T>(work: () => T | Promise<T>): Promise<Outcome<T>> {
    return settle(async () => {
      if (!this.parts.account.exists()) {
        await this.wipe();
        throw new AppError({ kind: "account_gone" });
      }
      return work();
    });
  }

  /** Work only a signed-in owner may ask for. */
  private asOwner<T>(session: string, work: (sessionId: string) => T | Promise<T>): Promise<Outcome<T>> {
    return this.asAccount(async () => {
      const sessionId = await this.parts.sessions.check(session);
      this.parts.account.noteSeen();
      return work(sessionId);
    });
  }

  /** Work that changes the ways in, ends the account or lets another assistant in: an old cookie is not enough. */
  private asFreshOwner<T>(session: string, work: () => T | Promise<T>, within?: number): Promise<Outcome<T>> {
    return this.asOwner(session, (sessionId) => {
      if (!this.parts.sessions.isFresh(sessionId, within)) throw new AppError({ kind: "proof_needed" });
      return work();
    });
  }

  /** Wakes when the account may have been idle long enough, or something is over; it finds out then what really is. */
  private async lookAgain(): Promise<void> {
    const { storage } = this.ctx;
    const alarm = await storage.getAlarm();
    if (!this.parts.account.exists()) return;
    const due = Math.min(this.parts.account.load().lastSeenAt + idleMilliseconds, nextOver(this.parts) ?? Infinity);
    if (alarm === null || due < alarm) await storage.setAlarm(due);
  }

  private async wipe(): Promise<void> {
    if (this.flushing !== null) clearTimeout(this.flushing);
    this.flushing = null;
    this.parts.cache.clear();
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  /** Writes what waits in memory after a while, once for a whole burst of calls. */
  private flushSoon(milliseconds = flushAfterMilliseconds): void {
    this.flushing ??= setTimeout(() => {
      this.flushing = null;
      this.flush();
    }, milliseconds);
  }

  /** Writes what waits in memory, drops answers held too long, and comes again when the last is: a timer keeps awake. */
  flush(): void {
    const { cache, troubles } = this.parts;
    cache.prune();
    const heldFor = cache.heldFor();
    if (heldFor !== null) this.flushSoon(Math.max(heldFor, 1_000));
    const counts = troubles.take();
    if (counts) this.ctx.waitUntil(theRegistry(this.env).countTroubles(counts));
    if (writeWaiting(this.parts)) this.ctx.waitUntil(this.lookAgain());
  }
}

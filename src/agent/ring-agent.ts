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
import { allowAssistant } from "../grants/allow-assistant.ts";
import type { AssistantDetails } from "../grants/assistants.ts";
import { endAllApprovals, endApprovals } from "../grants/end-approvals.ts";
import type { Presented } from "../grants/grant-store.ts";
import { type AccessTokenDetails, makeAccessToken } from "../grants/make-access-token.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { type Outcome, settle, unwrap } from "../outcome.ts";
import { expectAdmission } from "../registry/expect-admission.ts";
import type { Registration } from "../registry/registration.ts";
import { theRegistry } from "../registry/registry.ts";
import { type Access, createAccess } from "./access.ts";
import type { Identity } from "./mcp-endpoint.ts";
import { type PanelView, viewPanel } from "./panel-view.ts";
import { createParts, type Parts } from "./parts.ts";
import type { Preview } from "./preview.ts";
import { deleteAccount } from "./retention.ts";
import {
  type ConnectTicket,
  connectOura,
  disconnectOura,
  loseConnection,
  registerForPlace,
  takeConnectionOver,
} from "./ring-connection.ts";
import { createSchedule, type Schedule } from "./schedule.ts";

/**
 * The Durable Object of one account, named by the account id. It holds the account's sign-in methods, its connection to
 * Oura, its assistants, and the MCP endpoint. Methods that pages call return an {@link Outcome} and do not throw
 * expected errors, because a thrown error loses its class in calls between objects.
 */
export class RingAgent extends DurableObject<Bindings> {
  protected readonly parts: Parts;
  private readonly schedule: Schedule;
  private readonly access: Access;

  constructor(context: DurableObjectState, env: Bindings) {
    super(context, env);
    this.parts = createParts(context, env, now);
    this.schedule = createSchedule(this.parts, context, () => this.flush());
    this.access = createAccess(this.parts, this.schedule, (request, identity) => this.answer(request, identity));
  }

  open(first: { key: string; presented: Presented | null } | null): ReturnType<Access["open"]> {
    return this.access.open(first);
  }

  /** The caller has already verified the token that `identity` comes from. */
  answer(request: Request, identity: Identity): Promise<Outcome<Response>> {
    return this.access.asAccount(async () => {
      const { answerMcp } = await import("./mcp-endpoint.ts");
      return answerMcp(this.parts, this.schedule, request, identity);
    });
  }

  /**
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

  createWithKey(browser: string, network: string): Promise<Outcome<NewSession & { accountKey: string }>> {
    const admit = () => expectAdmission(this.parts, network);
    return settle(() => this.schedule.alarmAfter(createWithKey(this.parts, browser, admit)));
  }

  signInWithPasskey(
    response: AuthenticationResponseJSON,
    ceremony: SingleUseCeremony,
    browser: string,
  ): Promise<Outcome<NewSession>> {
    return this.access.asAccount(() =>
      this.schedule.alarmAfter(signInWithPasskey(this.parts, response, ceremony, browser)),
    );
  }

  signInWithKey(secret: string, browser: string): Promise<Outcome<NewSession>> {
    return this.access.asAccount(() => this.schedule.alarmAfter(signInWithKey(this.parts, secret, browser)));
  }

  addPasskey(
    session: string,
    response: RegistrationResponseJSON,
    ceremony: SingleUseCeremony,
    browser: string,
  ): Promise<Outcome<void>> {
    return this.access.asFreshOwner(session, () => addPasskey(this.parts, response, ceremony, browser));
  }

  namePasskey(session: string, id: string, name: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => this.parts.account.namePasskey(id, parsePasskeyName(name)));
  }

  removePasskey(session: string, id: string): Promise<Outcome<void>> {
    return this.access.asFreshOwner(session, () => this.parts.account.removePasskey(id));
  }

  replaceAccountKey(session: string): Promise<Outcome<{ accountKey: string }>> {
    return this.access.asFreshOwner(session, async () => ({ accountKey: await this.parts.account.replaceKey() }));
  }

  panel(session: string): Promise<Outcome<PanelView>> {
    return this.access.asOwner(session, (sessionId) => viewPanel(this.parts, sessionId));
  }

  preview(session: string, origin: string): Promise<Outcome<Preview>> {
    return this.access.asOwner(session, async () => {
      const { previewLastNight } = await import("./preview.ts");
      return previewLastNight(this.parts, this.schedule, origin);
    });
  }

  /**
   * Registers the account to connect a ring. The number of connected accounts is limited. If the limit is reached, the
   * account waits in a queue.
   * @param network as in {@link createWithPasskey}
   */
  register(session: string, invitation: string | null, network: string): Promise<Outcome<Registration>> {
    return this.access.asOwner(session, () => registerForPlace(this.parts, this.schedule, invitation, network));
  }

  /**
   * Called before the person goes to Oura's page to connect. If the account may connect now, the registry reserves one
   * of the limited number of connections for it while the person is on Oura's page.
   */
  beginConnecting(session: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => theRegistry(this.env).reserve(this.parts.accountId));
  }

  /** @param ticket null for a connection that was started while the person allowed an assistant */
  connectOura(session: string, callback: OuraCallback, ticket: ConnectTicket | null): Promise<Outcome<ConnectResult>> {
    return this.access.asOwner(session, () => this.schedule.alarmAfter(connectOura(this.parts, callback, ticket)));
  }

  /** Moves the connection to this account and disconnects the other account of this service that has it. */
  takeOver(session: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => this.schedule.alarmAfter(takeConnectionOver(this.parts)));
  }

  /**
   * Called when the person decides against {@link takeOver}. Until this decision, the new Oura tokens were kept. This
   * method revokes and deletes them.
   */
  cancelTakeOver(session: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => dropHeldTokens(this.parts.connecting()));
  }

  /** Deletes this account's Oura tokens. Called by the Durable Object of the account that takes the connection over. */
  async loseConnection(): Promise<void> {
    unwrap(await settle(() => loseConnection(this.parts, this.schedule)));
  }

  disconnect(session: string, options: { revoke: boolean }): Promise<Outcome<{ revoked: boolean }>> {
    return this.access.asOwner(session, () => disconnectOura(this.parts, options));
  }

  addAssistant(session: string, details: AssistantDetails): Promise<Outcome<{ assistantId: string }>> {
    const allow = (sessionId: string) => allowAssistant(this.parts, details, this.parts.sessions.find(sessionId));
    return this.access.asFreshOwner(session, allow, addingMilliseconds);
  }

  /**
   * Makes a token for a program that cannot open a browser, and returns the text of the token. The text is not stored,
   * so it cannot be shown again later.
   */
  makeAccessToken(session: string, details: AccessTokenDetails): Promise<Outcome<{ token: string }>> {
    const make = () => this.schedule.alarmAfter(makeAccessToken(this.parts, details));
    return this.access.asFreshOwner(session, make, addingMilliseconds);
  }

  revokeAssistant(session: string, assistantId: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => {
      endApprovals(this.parts, [assistantId]);
      return this.schedule.deleteFromKv();
    });
  }

  revokeAllAssistants(session: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => {
      endAllApprovals(this.parts);
      return this.schedule.deleteFromKv();
    });
  }

  /** Removes scopes (permissions) from an assistant. Scopes can be added only on the consent page. */
  narrowAssistant(session: string, assistantId: string, scopes: readonly ScopeName[]): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => this.parts.assistants.narrow(assistantId, scopes));
  }

  /** Called after the person has signed in again. `before` is the session that the browser had until then. */
  replaceSession(session: string, before: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => this.parts.sessions.succeed(session, before));
  }

  signOut(session: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, (sessionId) => this.parts.sessions.end(sessionId));
  }

  /**
   * Signs one browser out. Pages may contain the id of a browser's session, because the id is only a hash of the secret
   * in the browser's cookie.
   */
  endSession(session: string, id: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => this.parts.sessions.end(id));
  }

  signOutEverywhere(session: string): Promise<Outcome<void>> {
    return this.access.asOwner(session, () => this.parts.sessions.endAll());
  }

  deleteAccount(session: string): Promise<Outcome<void>> {
    return this.access.asFreshOwner(session, () => deleteAccount(this.parts, this.schedule));
  }

  override async alarm(): Promise<void> {
    unwrap(await settle(() => this.schedule.runAlarm())); // the platform logs the error and tries the alarm again
  }

  flush(): void {
    this.schedule.flush();
  }
}

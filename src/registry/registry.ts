import { DurableObject } from "cloudflare:workers";
import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { now } from "../clock.ts";
import { readSettings } from "../config.ts";
import { hashSecret, keyedHash, randomId } from "../crypto/secrets.ts";
import {
  createAllowanceTable,
  dayOf,
  type RegisteredKind,
  type RegistrationsToday,
  readAllowance,
  takeAllowance,
} from "./daily-allowance.ts";
import { createPlaces, createPlaceTables, type PlaceCounts, type Places } from "./places.ts";
import type { Registration, RegistrationRefused } from "./registration.ts";
import { addTroubles, createTroubleTable, readTroubles, type TroubleCounts, type Troubles } from "./trouble-counts.ts";

export interface RegistryOverview extends PlaceCounts {
  capacity: number;
  /**
   * Who has set the capacity (how many accounts may be connected at the same time). `setting`: it is the value of the
   * setting BETA_CAPACITY. `operator`: the operator has used the command `capacity`, whose value overrides the setting.
   */
  capacity_set_by: "operator" | "setting";
  registrations_today: Readonly<Record<RegisteredKind, RegistrationsToday>>;
  troubles_today: Troubles;
  troubles_30_days: Troubles;
}

/** An invitation expires, so that a link in an old e-mail stops working. */
const invitationMilliseconds = 30 * dayMilliseconds;

const hashKey = z.instanceof(Uint8Array<ArrayBuffer>).check(z.refine((key) => key.byteLength === 32));
const networkKey = z.object({ day: z.number(), key: hashKey });
const orderedCapacity = z.number().check(z.int(), z.gte(0));

/**
 * The single Durable Object that knows all accounts of the service. It records which accounts are connected to Oura and
 * which wait in the queue. The number of connected accounts is limited, because Oura limits an unapproved app to ten
 * people. For each connected account, the object also stores a keyed hash of the Oura user id.
 *
 * The object also counts each day's registrations. Workers run in many of Cloudflare's locations, and only a single
 * object can count for all of them.
 */
export class Registry extends DurableObject<object> {
  private readonly places: Places;

  constructor(context: DurableObjectState, env: object) {
    super(context, env);
    createPlaceTables(this.sql);
    this.sql.exec("CREATE TABLE IF NOT EXISTS invitations (hash TEXT PRIMARY KEY, made_at INTEGER NOT NULL)");
    createAllowanceTable(this.sql);
    createTroubleTable(this.sql);
    this.places = createPlaces(this.sql, {
      now,
      capacity: () => this.capacity,
      admitsAll: () => this.mode === "open",
    });
  }

  /**
   * Puts an account into the queue of accounts that wait until they may connect a ring. An account that is already in
   * the queue keeps its position, unless the request has a valid invitation. With a valid invitation, the account moves
   * to the front of the queue. An invitation can be used only once.
   * @param network the caller's IPv4 address or the /48 prefix of the IPv6 address; a request without an invitation
   *   counts towards the day's limit
   */
  async register(
    accountId: string,
    invitation: string | null,
    network: string,
  ): Promise<Registration | RegistrationRefused> {
    // The hashes are computed before the tables of accounts are read. An `await` between the reading and the writing
    // would let two requests of one account run at once, and both would register the account.
    const hash = invitation === null ? null : await hashSecret(invitation);
    const networkHash = await this.hashNetwork(network);
    if (!this.places.isConnected(accountId)) {
      const isInvited = hash !== null && this.useInvitation(hash);
      const isNew = !this.places.has(accountId);
      if (isNew && !isInvited && !this.takeAllowance("places", networkHash)) {
        return { kind: "refused", why: "too_many_today" };
      }
      if (!this.places.enter(accountId, { isInvited })) return { kind: "refused", why: "queue_full" };
    }
    return this.places.status(accountId);
  }

  status(accountId: string): Registration {
    return this.places.status(accountId);
  }

  reserve(accountId: string): void {
    this.places.reserve(accountId);
  }

  async claimOwner(accountId: string, ouraUserId: string): Promise<"claimed" | "taken" | "no_place"> {
    return this.places.claim(accountId, await this.hashOwner(ouraUserId));
  }

  /** Returns the account, other than `accountId`, that is connected to this Oura account. Null when there is none. */
  async findHolder(accountId: string, ouraUserId: string): Promise<string | null> {
    const holder = this.places.holderOf(await this.hashOwner(ouraUserId));
    return holder === accountId ? null : holder;
  }

  /**
   * Called when the person's Oura account is connected to another account of this service. Moves the connection to the
   * account `accountId`. So a person who has lost access to an old account need not wait in the queue again. Returns
   * `no_place` if the Oura account is no longer connected to any account and `accountId` must wait in the queue.
   */
  async takeOver(accountId: string, ouraUserId: string): Promise<"taken_over" | "no_place"> {
    const hash = await this.hashOwner(ouraUserId);
    const holder = this.places.holderOf(hash);
    if (holder !== null && holder !== accountId) this.places.move(holder, accountId);
    return this.places.claim(accountId, hash) === "claimed" ? "taken_over" : "no_place";
  }

  /**
   * Called after the person has disconnected Oura. The Oura account may then be connected to another account of this
   * service. The account `accountId` becomes the first in the queue, so that the person can connect again.
   */
  releaseOwner(accountId: string): void {
    this.places.disconnect(accountId);
  }

  /** Deletes all that the registry stores about the account. */
  release(accountId: string): void {
    this.places.remove(accountId);
  }

  /**
   * Counts a registration towards today's limit for its kind. Returns false when the limit, or the network's part of
   * it, is used up.
   */
  async admit(kind: Exclude<RegisteredKind, "places">, network: string): Promise<boolean> {
    return this.takeAllowance(kind, await this.hashNetwork(network));
  }

  /** @param capacity the new number; with null, the setting BETA_CAPACITY applies again */
  setCapacity(capacity: number | null): RegistryOverview {
    if (capacity === null) this.ctx.storage.kv.delete("capacity");
    else this.ctx.storage.kv.put("capacity", capacity);
    return this.overview();
  }

  approve(code: string): boolean {
    return this.places.admit(normalizeCode(code));
  }

  evict(code: string): boolean {
    return this.places.evict(normalizeCode(code));
  }

  /** The invitation works once and is valid for 30 days. Only its hash is stored. */
  async createInvitation(): Promise<string> {
    const invitation = randomId(20);
    this.forgetOldInvitations();
    this.sql.exec("INSERT INTO invitations VALUES (?, ?)", await hashSecret(invitation), now());
    return invitation;
  }

  /** Whether the invitation is valid. This call does not use the invitation up. */
  async knowsInvitation(invitation: string): Promise<boolean> {
    const hash = await hashSecret(invitation);
    this.forgetOldInvitations();
    return this.sql.exec("SELECT 1 FROM invitations WHERE hash = ?", hash).toArray().length > 0;
  }

  countTroubles(counts: TroubleCounts): void {
    addTroubles(this.sql, counts, now());
  }

  overview(): RegistryOverview {
    const { sql, ceiling } = this;
    return {
      capacity: this.capacity,
      capacity_set_by: this.orderedCapacity === null ? "setting" : "operator",
      ...this.places.counts(),
      registrations_today: {
        accounts: readAllowance(sql, "accounts", ceiling, now()),
        programs: readAllowance(sql, "programs", ceiling, now()),
        places: readAllowance(sql, "places", ceiling, now()),
      },
      troubles_today: readTroubles(sql, 1, now()),
      troubles_30_days: readTroubles(sql, 30, now()),
    };
  }

  private useInvitation(hash: string): boolean {
    this.forgetOldInvitations();
    return this.sql.exec("DELETE FROM invitations WHERE hash = ?", hash).rowsWritten > 0;
  }

  private forgetOldInvitations(): void {
    this.sql.exec("DELETE FROM invitations WHERE made_at <= ?", now() - invitationMilliseconds);
  }

  private takeAllowance(kind: RegisteredKind, network: string): boolean {
    return takeAllowance(this.sql, { kind, network, ceiling: this.ceiling, at: now() });
  }

  /**
   * Hashes an Oura user id with a secret key. These ids are short, so a hash without a key could be reversed by
   * guessing. The key is created once and stored only in this object.
   */
  private hashOwner(ouraUserId: string): Promise<string> {
    const { kv } = this.ctx.storage;
    // If the stored key is damaged, this throws. The key is not replaced by a new one, because hashes made with a new
    // key differ from all stored hashes. Ringbridge could then no longer see that an Oura account is already connected,
    // and would let another account connect it too.
    const stored = z.optional(hashKey).parse(kv.get("owner-hash-key"));
    const key = stored ?? crypto.getRandomValues(new Uint8Array(32));
    if (!stored) kv.put("owner-hash-key", key);
    return keyedHash(key, ouraUserId);
  }

  /**
   * Hashes a network's address with a key that is replaced every day. So the stored hashes do not show whether two
   * requests of different days came from the same network.
   */
  private hashNetwork(network: string): Promise<string> {
    const { kv } = this.ctx.storage;
    const day = dayOf(now());
    const stored = z.optional(networkKey).parse(kv.get("network-hash-key"));
    const key = stored?.day === day ? stored.key : crypto.getRandomValues(new Uint8Array(32));
    if (stored?.day !== day) kv.put("network-hash-key", { day, key });
    return keyedHash(key, network);
  }

  private get sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  private get mode(): "open" | "approve" | "invite" {
    const settings = readSettings(this.env);
    // If the settings are invalid, an account may only connect after the operator's approval.
    return settings.kind === "ready" ? settings.config.registration : "approve";
  }

  /** Null when the operator has not used the command `capacity`. The setting BETA_CAPACITY then applies. */
  private get orderedCapacity(): number | null {
    return z.optional(orderedCapacity).parse(this.ctx.storage.kv.get("capacity")) ?? null;
  }

  private get capacity(): number {
    const settings = readSettings(this.env);
    return this.orderedCapacity ?? (settings.kind === "ready" ? settings.config.betaCapacity : 0);
  }

  private get ceiling(): number {
    const settings = readSettings(this.env);
    return settings.kind === "ready" ? settings.config.registrationsPerDay : 0;
  }
}

/** Reference codes are shown in lower case, but people may type them in capitals or with spaces around them. */
function normalizeCode(code: string): string {
  return code.trim().toLowerCase();
}

export function theRegistry(env: { REGISTRY: DurableObjectNamespace<Registry> }): DurableObjectStub<Registry> {
  return env.REGISTRY.getByName("registry");
}

import { DurableObject } from "cloudflare:workers";
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

/** Counts for the operator; nothing here identifies a person. */
export interface RegistryOverview extends PlaceCounts {
  capacity: number;
  /** `operator`: by the command `capacity`, which overrides BETA_CAPACITY. */
  capacity_set_by: "operator" | "setting";
  registrations_today: Readonly<Record<RegisteredKind, RegistrationsToday>>;
  troubles_today: Troubles;
  troubles_30_days: Troubles;
}

/** Invitations expire after this time, so that a link in an old e-mail stops working. */
const invitationMilliseconds = 30 * dayMilliseconds;

/**
 * One object for the whole service. It records which accounts are connected, which wait, and which Oura account each
 * holds (as a keyed hash). Oura limits an unapproved app to ten people, so places are limited and offered in order of
 * registration. It also counts what is registered in a day, because only one object can count for all locations.
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
   * Asks for a place. Asking again changes nothing, except that a valid invitation is used and puts the account in front.
   * @param network where the request comes from; without an invitation it counts towards the day's ceiling
   */
  async register(
    accountId: string,
    invitation: string | null,
    network: string,
  ): Promise<Registration | RegistrationRefused> {
    // Everything is computed first: two requests of one account must not both find it in no list.
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

  /** The account goes to Oura to connect: its offer counts as a place until it is back. */
  reserve(accountId: string): void {
    this.places.reserve(accountId);
  }

  /** Records that this account holds the Oura account. `taken`: another account holds it, and nothing changes. */
  async claimOwner(accountId: string, ouraUserId: string): Promise<"claimed" | "taken" | "no_place"> {
    return this.places.claim(accountId, await this.hashOwner(ouraUserId));
  }

  /** The other account that holds the Oura account; null when there is none. */
  async findHolder(accountId: string, ouraUserId: string): Promise<string | null> {
    const holder = this.places.holderOf(await this.hashOwner(ouraUserId));
    return holder === accountId ? null : holder;
  }

  /**
   * Moves the Oura account and its place from the account that holds it to this one. So a person who lost access to an
   * old account and waits in the queue gets that account's place. `no_place`: no account holds it and this one has no
   * place.
   */
  async takeOver(accountId: string, ouraUserId: string): Promise<"taken_over" | "no_place"> {
    const hash = await this.hashOwner(ouraUserId);
    const holder = this.places.holderOf(hash);
    if (holder !== null && holder !== accountId) this.places.move(holder, accountId);
    return this.places.claim(accountId, hash) === "claimed" ? "taken_over" : "no_place";
  }

  /** After a disconnect: the Oura account is released, and the account is the next to be offered a place. */
  releaseOwner(accountId: string): void {
    this.places.disconnect(accountId);
  }

  /** Deletes the account's place, its entry in the queue and its Oura account. */
  release(accountId: string): void {
    this.places.remove(accountId);
  }

  /** Counts a new account or a program that registers itself. False when the day's ceiling is reached. */
  async admit(kind: Exclude<RegisteredKind, "places">, network: string): Promise<boolean> {
    return this.takeAllowance(kind, await this.hashNetwork(network));
  }

  /** @param capacity null: BETA_CAPACITY applies again */
  setCapacity(capacity: number | null): RegistryOverview {
    if (capacity === null) this.ctx.storage.kv.delete("capacity");
    else this.ctx.storage.kv.put("capacity", capacity);
    return this.overview();
  }

  /** Admits a waiting account: it gets a place in its turn. False for an unknown code. */
  approve(code: string): boolean {
    return this.places.admit(normalizeCode(code));
  }

  /** Removes an account that is not connected. It may register again. False for an unknown code. */
  evict(code: string): boolean {
    return this.places.evict(normalizeCode(code));
  }

  /** Creates a single-use invitation, valid for 30 days. Only its hash is stored. */
  async createInvitation(): Promise<string> {
    const invitation = randomId(20);
    this.forgetOldInvitations();
    this.sql.exec("INSERT INTO invitations VALUES (?, ?)", await hashSecret(invitation), now());
    return invitation;
  }

  /** Whether an invitation is valid. Does not use it. */
  async knowsInvitation(invitation: string): Promise<boolean> {
    const hash = await hashSecret(invitation);
    this.forgetOldInvitations();
    return this.sql.exec("SELECT 1 FROM invitations WHERE hash = ?", hash).toArray().length > 0;
  }

  /** Adds counts that agents and pages have collected in memory. */
  countTroubles(counts: TroubleCounts): void {
    addTroubles(this.sql, counts, now());
  }

  overview(): RegistryOverview {
    const { sql, ceiling } = this;
    return {
      capacity: this.capacity,
      capacity_set_by: this.ordered === null ? "setting" : "operator",
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

  /** Oura's user ids are short enough to guess, so the hash is keyed. The key is created once and stored only here. */
  private hashOwner(ouraUserId: string): Promise<string> {
    const { kv } = this.ctx.storage;
    const stored = kv.get<Uint8Array<ArrayBuffer>>("owner-hash-key");
    const key = stored ?? crypto.getRandomValues(new Uint8Array(32));
    if (!stored) kv.put("owner-hash-key", key);
    return keyedHash(key, ouraUserId);
  }

  /** A network's name under a key that lasts for one day, so that a network cannot be recognised on another day. */
  private hashNetwork(network: string): Promise<string> {
    const { kv } = this.ctx.storage;
    const day = dayOf(now());
    const stored = kv.get<{ day: number; key: Uint8Array<ArrayBuffer> }>("network-hash-key");
    const key = stored?.day === day ? stored.key : crypto.getRandomValues(new Uint8Array(32));
    if (stored?.day !== day) kv.put("network-hash-key", { day, key });
    return keyedHash(key, network);
  }

  private get sql(): SqlStorage {
    return this.ctx.storage.sql;
  }

  private get mode(): "open" | "approve" | "invite" {
    const settings = readSettings(this.env);
    return settings.kind === "ready" ? settings.config.registration : "approve"; // invalid settings admit nobody
  }

  /** The capacity set by the operator's command, which takes precedence over the setting; null when none is set. */
  private get ordered(): number | null {
    return this.ctx.storage.kv.get<number>("capacity") ?? null;
  }

  private get capacity(): number {
    const settings = readSettings(this.env);
    return this.ordered ?? (settings.kind === "ready" ? settings.config.betaCapacity : 0);
  }

  /** The most registrations of each kind in a day. */
  private get ceiling(): number {
    const settings = readSettings(this.env);
    return settings.kind === "ready" ? settings.config.registrationsPerDay : 0;
  }
}

/** Codes are shown in lower case; people may type them otherwise. */
function normalizeCode(code: string): string {
  return code.trim().toLowerCase();
}

/** The one registry of the service. */
export function theRegistry(env: { REGISTRY: DurableObjectNamespace<Registry> }): DurableObjectStub<Registry> {
  return env.REGISTRY.getByName("registry");
}

import { DurableObject } from "cloudflare:workers";
import { now } from "../clock.ts";
import { readSettings } from "../config.ts";
import { hashSecret, keyedHash, randomId } from "../crypto/secrets.ts";
import type { Registration } from "./registration.ts";
import { addTroubles, createTroubleTable, readTroubles, type TroubleCounts, type Troubles } from "./trouble-counts.ts";

/** Counts for the operator; nothing here identifies a person. */
export interface RegistryOverview {
  capacity: number;
  /** `operator`: by the command `capacity`, which overrides BETA_CAPACITY. */
  capacity_set_by: "operator" | "setting";
  taken: number;
  connected: number;
  /** Places whose owner saw Connect and has not connected. After 14 days such a place may go to a waiting account. */
  lapsing: number;
  waiting: number;
  codes: string[];
  troubles_today: Troubles;
  troubles_30_days: Troubles;
}

/** A place may go to a waiting account when its owner has not connected this long after first seeing Connect. */
const lapseMilliseconds = 14 * 86_400_000;
/** Invitations expire after this time, so that a link in an old e-mail stops working. */
const invitationMilliseconds = 30 * 86_400_000;

/**
 * One object for the whole service. It records which accounts have a place, which wait, and which Oura account each
 * holds (as a keyed hash). Oura limits an unapproved app to ten people, so places are limited and given in order of
 * registration.
 */
export class Registry extends DurableObject<object> {
  constructor(context: DurableObjectState, env: object) {
    super(context, env);
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS places (
        account_id TEXT PRIMARY KEY, since INTEGER NOT NULL, saw_connect_at INTEGER, owner_hash TEXT UNIQUE
      );
      CREATE TABLE IF NOT EXISTS waiting (
        number INTEGER PRIMARY KEY AUTOINCREMENT, account_id TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE,
        admitted INTEGER NOT NULL
      );
      CREATE TABLE IF NOT EXISTS invitations (hash TEXT PRIMARY KEY, made_at INTEGER NOT NULL);
    `);
    createTroubleTable(this.sql);
  }

  /** Asks for a place. Asking again changes nothing, except that a valid invitation is used and admits the account. */
  async register(accountId: string, invitation: string | null): Promise<Registration> {
    const before = this.status(accountId);
    if (before.kind === "approved") return before;
    const invited = invitation !== null && (await this.useInvitation(invitation));
    const admitted = invited || this.mode === "open" ? 1 : 0;
    this.sql.exec(
      `INSERT INTO waiting (account_id, code, admitted) VALUES (?, ?, ?)
       ON CONFLICT (account_id) DO UPDATE SET admitted = max(admitted, excluded.admitted)`,
      accountId,
      randomId(4),
      admitted,
    );
    const after = this.status(accountId);
    if (after.kind === "approved") this.noteConnectSeen(accountId); // the next page shows Connect
    return after;
  }

  status(accountId: string): Registration {
    this.fillPlaces();
    if (this.sql.exec("SELECT 1 FROM places WHERE account_id = ?", accountId).toArray().length > 0) {
      return { kind: "approved" };
    }
    const [row] = this.sql
      .exec<{ number: number; code: string }>("SELECT number, code FROM waiting WHERE account_id = ?", accountId)
      .toArray();
    if (!row) return { kind: "not_registered" };
    const place = this.count("waiting WHERE number <= ?", row.number);
    return { kind: "pending", place, waiting: this.count("waiting"), code: row.code };
  }

  /** Starts the 14 days within which an approved place has to be connected. Later calls change nothing. */
  noteConnectSeen(accountId: string): void {
    this.sql.exec(
      "UPDATE places SET saw_connect_at = coalesce(saw_connect_at, ?) WHERE account_id = ?",
      now(),
      accountId,
    );
  }

  /** Records that this account holds the Oura account. `taken`: another account holds it, and nothing changes. */
  async claimOwner(accountId: string, ouraUserId: string): Promise<"claimed" | "taken" | "no_place"> {
    const hash = await this.hashOwner(ouraUserId);
    const [holder] = this.holders(hash);
    if (holder && holder !== accountId) return "taken";
    const update = this.sql.exec("UPDATE places SET owner_hash = ? WHERE account_id = ?", hash, accountId);
    return update.rowsWritten > 0 ? "claimed" : "no_place";
  }

  /** The other account that holds the Oura account; null when there is none. */
  async findHolder(accountId: string, ouraUserId: string): Promise<string | null> {
    const [holder] = this.holders(await this.hashOwner(ouraUserId));
    return holder && holder !== accountId ? holder : null;
  }

  /**
   * Moves the Oura account and its place from the account that holds it to this one. So a person who lost access to an
   * old account and waits in the queue gets that account's place. `no_place`: no account holds it and this one has no
   * place.
   */
  async takeOver(accountId: string, ouraUserId: string): Promise<"taken_over" | "no_place"> {
    const hash = await this.hashOwner(ouraUserId);
    const [holder] = this.holders(hash);
    if (holder && holder !== accountId) {
      this.sql.exec("DELETE FROM places WHERE account_id = ?", accountId);
      this.sql.exec("DELETE FROM waiting WHERE account_id = ?", accountId);
      this.sql.exec("UPDATE places SET account_id = ? WHERE account_id = ?", accountId, holder);
    }
    const update = this.sql.exec("UPDATE places SET owner_hash = ? WHERE account_id = ?", hash, accountId);
    this.fillPlaces();
    return update.rowsWritten > 0 ? "taken_over" : "no_place";
  }

  /** After a disconnect: the Oura account is released. The place is kept, but may lapse as before connecting. */
  releaseOwner(accountId: string): void {
    this.sql.exec("UPDATE places SET owner_hash = NULL, saw_connect_at = ? WHERE account_id = ?", now(), accountId);
  }

  /** Deletes the account's place, its entry in the queue and its Oura account. */
  release(accountId: string): void {
    this.sql.exec("DELETE FROM places WHERE account_id = ?", accountId);
    this.sql.exec("DELETE FROM waiting WHERE account_id = ?", accountId);
    this.fillPlaces();
  }

  /** @param capacity null: BETA_CAPACITY applies again */
  setCapacity(capacity: number | null): RegistryOverview {
    if (capacity === null) this.ctx.storage.kv.delete("capacity");
    else this.ctx.storage.kv.put("capacity", capacity);
    return this.overview();
  }

  /** Admits a waiting account: it gets a place in its turn. False for an unknown code. */
  approve(code: string): boolean {
    const update = this.sql.exec("UPDATE waiting SET admitted = 1 WHERE code = ?", code.trim().toLowerCase());
    this.fillPlaces();
    return update.rowsWritten > 0;
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
    this.fillPlaces();
    return {
      capacity: this.capacity,
      capacity_set_by: this.ordered === null ? "setting" : "operator",
      taken: this.count("places"),
      connected: this.count("places WHERE owner_hash IS NOT NULL"),
      lapsing: this.count("places WHERE owner_hash IS NULL AND saw_connect_at IS NOT NULL"),
      waiting: this.count("waiting"),
      codes: this.sql
        .exec<{ code: string }>("SELECT code FROM waiting ORDER BY number LIMIT 100")
        .toArray()
        .map(({ code }) => code),
      troubles_today: readTroubles(this.sql, 1, now()),
      troubles_30_days: readTroubles(this.sql, 30, now()),
    };
  }

  /**
   * Gives places to admitted accounts in order. When none is free, a lapsed place is taken and its owner queued again.
   */
  private fillPlaces(): void {
    for (let next = this.nextAdmitted(); next !== null; next = this.nextAdmitted()) {
      if (this.count("places") >= this.capacity && !this.lapseOnePlace()) return;
      if (this.count("places") >= this.capacity) return;
      this.sql.exec("DELETE FROM waiting WHERE account_id = ?", next);
      this.sql.exec("INSERT OR IGNORE INTO places (account_id, since) VALUES (?, ?)", next, now());
    }
  }

  private nextAdmitted(): string | null {
    const condition = this.mode === "open" ? "" : "WHERE admitted = 1";
    const [row] = this.sql
      .exec<{ account_id: string }>(`SELECT account_id FROM waiting ${condition} ORDER BY number LIMIT 1`)
      .toArray();
    return row?.account_id ?? null;
  }

  private lapseOnePlace(): boolean {
    const [row] = this.sql
      .exec<{ account_id: string }>(
        "SELECT account_id FROM places WHERE owner_hash IS NULL AND saw_connect_at < ? ORDER BY saw_connect_at LIMIT 1",
        now() - lapseMilliseconds,
      )
      .toArray();
    if (!row) return false;
    this.sql.exec("DELETE FROM places WHERE account_id = ?", row.account_id);
    this.sql.exec(
      "INSERT INTO waiting (account_id, code, admitted) VALUES (?, ?, 1)", // an admitted account stays admitted
      row.account_id,
      randomId(4),
    );
    return true;
  }

  private async useInvitation(invitation: string): Promise<boolean> {
    const hash = await hashSecret(invitation);
    this.forgetOldInvitations();
    return this.sql.exec("DELETE FROM invitations WHERE hash = ?", hash).rowsWritten > 0;
  }

  private forgetOldInvitations(): void {
    this.sql.exec("DELETE FROM invitations WHERE made_at <= ?", now() - invitationMilliseconds);
  }

  /** Oura's user ids are short enough to guess, so the hash is keyed. The key is created once and stored only here. */
  private hashOwner(ouraUserId: string): Promise<string> {
    const { kv } = this.ctx.storage;
    const key = kv.get<Uint8Array<ArrayBuffer>>("owner-hash-key") ?? crypto.getRandomValues(new Uint8Array(32));
    kv.put("owner-hash-key", key);
    return keyedHash(key, ouraUserId);
  }

  private holders(hash: string): string[] {
    return this.sql
      .exec<{ account_id: string }>("SELECT account_id FROM places WHERE owner_hash = ?", hash)
      .toArray()
      .map((row) => row.account_id);
  }

  private count(from: string, ...bindings: number[]): number {
    return this.sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, ...bindings).one().n;
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
}

/** The one registry of the service. */
export function theRegistry(env: { REGISTRY: DurableObjectNamespace<Registry> }): DurableObjectStub<Registry> {
  return env.REGISTRY.getByName("registry");
}

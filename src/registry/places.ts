import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { randomId } from "../crypto/secrets.ts";
import { readCount, readRows } from "./read-rows.ts";
import type { Registration } from "./registration.ts";

/**
 * Decides which accounts may connect an Oura Ring. Only a limited number of accounts may be connected at the same time.
 * This number is the capacity, and each unit of it is called a place. Each registered account is in one of two tables.
 * `places` holds the accounts that are connected to Oura. `waiting` is the queue of all other registered accounts.
 *
 * A free place is offered to the first account in the queue, which may then connect. The place is reserved for this
 * account for 30 minutes, and while the person is on Oura's permission page. When the reservation ends, the place is
 * also offered to the next account. The first account may still connect as long as a place is free.
 */
export interface Places {
  /**
   * Puts an account into the queue. If the account is already in the queue, an invitation moves it to the front.
   * Returns false when the queue is full and the account is not invited.
   */
  enter(accountId: string, options: { isInvited: boolean }): boolean;
  has(accountId: string): boolean;
  isConnected(accountId: string): boolean;
  status(accountId: string): Registration;
  /**
   * Called before the person goes to Oura's permission page. If the account may connect now, a place (one of the
   * limited number of connections) is reserved for it.
   */
  reserve(accountId: string): void;
  /**
   * Records that the account is connected, if the limit on connected accounts allows it. `ownerHash` is a hash of the
   * Oura user id. Returns `taken` if another account is connected to the same Oura account, and `no_place` if the limit
   * is reached.
   */
  claim(accountId: string, ownerHash: string): "claimed" | "taken" | "no_place";
  /** `ownerHash` is a hash of the Oura user id. */
  holderOf(ownerHash: string): string | null;
  /**
   * Moves the connection to an Oura account from the account `holder` to the account `accountId`, and removes
   * `accountId` from the queue. If `accountId` was already connected to a different Oura account, that connection ends.
   */
  move(holder: string, accountId: string): void;
  /**
   * Called after the person has disconnected Oura. The account becomes the first in the queue and may connect again at
   * once.
   */
  disconnect(accountId: string): void;
  remove(accountId: string): void;
  /**
   * Allows an account in the queue to connect a ring when its turn comes. Returns false when no account in the queue
   * has this reference code.
   */
  admit(code: string): boolean;
  /** Returns false when no account in the queue has this reference code. */
  evict(code: string): boolean;
  counts(): PlaceCounts;
}

export interface PlaceCounts {
  /**
   * How much of the capacity is used: the number of connected accounts, plus the number of waiting accounts for which a
   * connection is reserved.
   */
  taken: number;
  connected: number;
  /**
   * The number of waiting accounts whose turn came and that did not connect in time. No connection is reserved for them
   * any more.
   */
  lapsed: number;
  waiting: number;
  /** The reference codes of the first 100 accounts in the queue, in the order of the queue. */
  codes: string[];
}

export interface PlaceRules {
  now(): number;
  capacity(): number;
  /**
   * Whether every registered account may connect a ring when its turn comes. If false, only accounts that the operator
   * approved or invited may connect.
   */
  admitsAll(): boolean;
}

/**
 * When an account's turn comes, a place (one of the limited number of connections) is reserved for it for this long.
 */
const offerMilliseconds = 30 * 60_000;
/**
 * While a person is on Oura's permission page, a place (one of the limited number of connections) is reserved for this
 * long.
 */
const connectingMilliseconds = 20 * 60_000;
/**
 * While an account waits, a place (one of the limited number of connections) may be reserved for it at most this many
 * times. Without this limit, a person could keep a place reserved for ever by pressing Connect again and again.
 */
const mostReservations = 2;
/** The queue holds at most this many accounts. An invited account is accepted even when the queue is full. */
const mostWaiting = 500;
/**
 * When the queue is full, a new account may replace a waiting account. The waiting account must have been allowed to
 * connect for at least this long without connecting.
 */
const unusedMilliseconds = 7 * dayMilliseconds;

const inOrder = "ORDER BY invited DESC, number";

export function createPlaceTables(sql: SqlStorage): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS places (
      account_id TEXT PRIMARY KEY, since INTEGER NOT NULL, saw_connect_at INTEGER, owner_hash TEXT UNIQUE
    );
    CREATE TABLE IF NOT EXISTS waiting (
      number INTEGER PRIMARY KEY AUTOINCREMENT, account_id TEXT NOT NULL UNIQUE, code TEXT NOT NULL UNIQUE,
      admitted INTEGER NOT NULL
    );`);
  // Version 0.1.0 created these tables without the following columns. The code of version 0.1.0 also works with the new
  // columns, so the operator can return to version 0.1.0.
  addColumn(sql, "places", "invited INTEGER NOT NULL DEFAULT 0");
  addColumn(sql, "waiting", "invited INTEGER NOT NULL DEFAULT 0");
  addColumn(sql, "waiting", "offered_at INTEGER");
  addColumn(sql, "waiting", "reserved_until INTEGER");
  addColumn(sql, "waiting", "reservations INTEGER NOT NULL DEFAULT 0");
}

function addColumn(sql: SqlStorage, table: "places" | "waiting", column: string): void {
  const [name] = column.split(" ");
  const known = sql.exec("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", table, name).toArray();
  if (known.length === 0) sql.exec(`ALTER TABLE ${table} ADD COLUMN ${column}`);
}

/** A row of the table `waiting`. */
const waitingRow = z.object({
  account_id: z.string(),
  number: z.number(),
  code: z.string(),
  invited: z.number(),
  offered_at: z.nullable(z.number()),
  reserved_until: z.nullable(z.number()),
  reservations: z.number(),
});
type Row = z.infer<typeof waitingRow>;

const placeRow = z.object({ account_id: z.string(), invited: z.number() });
const idRow = z.object({ account_id: z.string() });
const invitedRow = z.object({ invited: z.number() });
const codeRow = z.object({ code: z.string() });

export function createPlaces(sql: SqlStorage, { now, capacity, admitsAll }: PlaceRules): Places {
  function count(from: string, ...bindings: (string | number)[]): number {
    return readCount(sql, `SELECT count(*) AS n FROM ${from}`, ...bindings);
  }

  function find(accountId: string): Row | null {
    return readRows(sql, waitingRow, "SELECT * FROM waiting WHERE account_id = ?", accountId)[0] ?? null;
  }

  /** The waiting accounts for which a connection is reserved at the moment. */
  function countingOffers(): Row[] {
    return readRows(
      sql,
      waitingRow,
      `SELECT * FROM waiting WHERE offered_at > ? OR reserved_until > ? ${inOrder}`,
      now() - offerMilliseconds,
      now(),
    );
  }

  function isReserved(row: Row): boolean {
    return row.reserved_until !== null && row.reserved_until > now();
  }

  /**
   * Returns the accounts in `offers` (the accounts for which a place is reserved) that may connect before the account
   * of `row`. Three points decide, in this order: whether the person is on Oura's permission page, whether the account
   * was invited, and which account registered earlier. If the reservation of `row` has expired, `row` is not in
   * `offers`. In this case the date of its registration does not help: all accounts in `offers` that are equal in the
   * first two points come before it.
   */
  function offersBefore(row: Row, offers: readonly Row[]): Row[] {
    const others = offers.filter((other) => other.account_id !== row.account_id);
    const own = offers.length > others.length;
    return others.filter((other) => {
      if (isReserved(other) !== isReserved(row)) return isReserved(other);
      if (other.invited !== row.invited) return other.invited > row.invited;
      return !own || other.number < row.number;
    });
  }

  function freePlaces(): number {
    return capacity() - count("places");
  }

  function mayConnect(row: Row): boolean {
    return row.offered_at !== null && freePlaces() > offersBefore(row, countingOffers()).length;
  }

  /** Allows as many of the next accounts in the queue to connect as the limit on connected accounts permits. */
  function offerPlaces(): void {
    for (;;) {
      const [next] = readRows(
        sql,
        waitingRow,
        `SELECT * FROM waiting WHERE offered_at IS NULL ${admitsAll() ? "" : "AND admitted = 1"} ${inOrder} LIMIT 1`,
      );
      if (next === undefined || freePlaces() <= offersBefore(next, countingOffers()).length) return;
      sql.exec("UPDATE waiting SET offered_at = ? WHERE account_id = ?", now(), next.account_id);
    }
  }

  function removeWaiting(accountId: string): void {
    sql.exec("DELETE FROM waiting WHERE account_id = ?", accountId);
  }

  function isConnected(accountId: string): boolean {
    return count("places WHERE account_id = ?", accountId) > 0;
  }

  function holderOf(ownerHash: string): string | null {
    const [row] = readRows(sql, idRow, "SELECT account_id FROM places WHERE owner_hash = ?", ownerHash);
    return row?.account_id ?? null;
  }

  /**
   * Of the accounts that have been allowed to connect for at least a week and have not connected, the function removes
   * the one that was allowed first. An invited account is never removed. Returns false when there is no account that
   * may be removed.
   */
  function dropUnused(): boolean {
    const { rowsWritten } = sql.exec(
      `DELETE FROM waiting WHERE account_id IN (
         SELECT account_id FROM waiting WHERE offered_at < ? AND invited = 0 ORDER BY offered_at LIMIT 1)`,
      now() - unusedMilliseconds,
    );
    return rowsWritten > 0;
  }

  /** Puts an account at the front of the queue and allows it to connect at once. */
  function enterFirst(accountId: string, invited: number): void {
    sql.exec(
      `INSERT INTO waiting (number, account_id, code, admitted, invited, offered_at)
       VALUES ((SELECT min(0, coalesce(min(number), 0)) - 1 FROM waiting), ?, ?, 1, ?, ?)`,
      accountId,
      randomId(4),
      invited,
      now(),
    );
  }

  // In version 0.1.0 the table `places` also held accounts that were allowed to connect but had not connected. Such an
  // account moves to the front of the queue and is allowed to connect.
  for (const { account_id, invited } of readRows(
    sql,
    placeRow,
    "DELETE FROM places WHERE owner_hash IS NULL RETURNING account_id, invited",
  )) {
    removeWaiting(account_id);
    enterFirst(account_id, invited);
  }

  return {
    enter(accountId, { isInvited }) {
      const invited = isInvited ? 1 : 0;
      const isNew = find(accountId) === null;
      if (isNew && !isInvited && count("waiting") >= mostWaiting && !dropUnused()) return false;
      sql.exec(
        `INSERT INTO waiting (account_id, code, admitted, invited) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id) DO UPDATE SET
           admitted = max(admitted, excluded.admitted), invited = max(invited, excluded.invited)`,
        accountId,
        randomId(4),
        isInvited || admitsAll() ? 1 : 0,
        invited,
      );
      return true;
    },
    has: (accountId) => isConnected(accountId) || find(accountId) !== null,
    isConnected,
    status(accountId) {
      if (isConnected(accountId)) return { kind: "approved" };
      offerPlaces();
      const row = find(accountId);
      if (row === null) return { kind: "not_registered" };
      if (mayConnect(row)) return { kind: "approved" };
      const counting = new Set(countingOffers().map(({ number }) => number));
      const own = counting.has(row.number) ? 1 : 0; // reserved, but no place is free
      const before = count(
        "waiting WHERE invited > ? OR (invited = ? AND number < ?)",
        row.invited,
        row.invited,
        row.number,
      );
      const countedBefore = countingOffers().filter(
        ({ invited, number }) => invited > row.invited || (invited === row.invited && number < row.number),
      ).length;
      return {
        kind: "pending",
        place: before - countedBefore + 1,
        waiting: count("waiting") - counting.size + own,
        code: row.code,
      };
    },
    reserve(accountId) {
      offerPlaces();
      const row = find(accountId);
      if (row === null || !mayConnect(row) || row.reservations >= mostReservations) return;
      sql.exec(
        "UPDATE waiting SET reserved_until = ?, reservations = reservations + 1 WHERE account_id = ?",
        now() + connectingMilliseconds,
        accountId,
      );
    },
    claim(accountId, ownerHash) {
      const holder = holderOf(ownerHash);
      if (holder !== null && holder !== accountId) return "taken";
      if (isConnected(accountId)) {
        sql.exec("UPDATE places SET owner_hash = ? WHERE account_id = ?", ownerHash, accountId);
        return "claimed";
      }
      offerPlaces();
      const row = find(accountId);
      if (row === null || !mayConnect(row)) return "no_place";
      removeWaiting(accountId);
      sql.exec(
        "INSERT INTO places (account_id, since, owner_hash, invited) VALUES (?, ?, ?, ?)",
        accountId,
        now(),
        ownerHash,
        row.invited,
      );
      return "claimed";
    },
    holderOf,
    move(holder, accountId) {
      sql.exec("DELETE FROM places WHERE account_id = ?", accountId);
      removeWaiting(accountId);
      sql.exec("UPDATE places SET account_id = ? WHERE account_id = ?", accountId, holder);
    },
    disconnect(accountId) {
      const leave = "DELETE FROM places WHERE account_id = ? RETURNING invited";
      const [left] = readRows(sql, invitedRow, leave, accountId);
      if (left) enterFirst(accountId, left.invited);
    },
    remove(accountId) {
      sql.exec("DELETE FROM places WHERE account_id = ?", accountId);
      removeWaiting(accountId);
    },
    admit: (code) => sql.exec("UPDATE waiting SET admitted = 1 WHERE code = ?", code).rowsWritten > 0,
    evict: (code) => sql.exec("DELETE FROM waiting WHERE code = ?", code).rowsWritten > 0,
    counts() {
      offerPlaces();
      const connected = count("places");
      const counting = countingOffers().length;
      return {
        taken: connected + counting,
        connected,
        lapsed: count("waiting WHERE offered_at IS NOT NULL") - counting,
        waiting: count("waiting WHERE offered_at IS NULL"),
        codes: readRows(sql, codeRow, `SELECT code FROM waiting ${inOrder} LIMIT 100`).map(({ code }) => code),
      };
    },
  };
}

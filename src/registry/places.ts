import { dayMilliseconds } from "../analytics/day.ts";
import { randomId } from "../crypto/secrets.ts";
import type { Registration } from "./registration.ts";

/**
 * Who is connected and who waits. An account is in one of two lists: `places` holds those whose Oura account is
 * connected, `waiting` everybody else who registered. So an account that only registers holds nothing.
 *
 * A free place is offered to the next who waits. The offer counts as taken for half an hour, and while its owner is at
 * Oura. After that it counts for nothing: its owner may still connect while a place is free, and the place is offered to
 * the next.
 */
export interface Places {
  /** Puts an account that is not connected into the queue, or marks a waiting one as invited. False: the queue is full. */
  enter(accountId: string, options: { isInvited: boolean }): boolean;
  /** Whether the account is connected or waits. */
  has(accountId: string): boolean;
  isConnected(accountId: string): boolean;
  status(accountId: string): Registration;
  /** The account is about to connect at Oura: its offer counts for that time. Does nothing without an offer. */
  reserve(accountId: string): void;
  /** Connects the account if a place is free for it. */
  claim(accountId: string, ownerHash: string): "claimed" | "taken" | "no_place";
  /** The account that holds an Oura account; null when there is none. */
  holderOf(ownerHash: string): string | null;
  /** Gives the holder's place to another account, which leaves the queue and its own place. */
  move(holder: string, accountId: string): void;
  /** After a disconnect: the account waits again, first in the queue and with a new offer. */
  disconnect(accountId: string): void;
  remove(accountId: string): void;
  /** Admits a waiting account. False for an unknown code. */
  admit(code: string): boolean;
  /** Removes an account that is not connected from the queue. False for an unknown code. */
  evict(code: string): boolean;
  counts(): PlaceCounts;
}

/** Counts for the operator. */
export interface PlaceCounts {
  /** Connected accounts, and offers that count at the moment. */
  taken: number;
  connected: number;
  /** Offers that nobody used in time. They count for nothing. */
  lapsed: number;
  /** Accounts that had no offer yet. */
  waiting: number;
  /** Reference codes of everybody who is not connected, in order. */
  codes: string[];
}

export interface PlaceRules {
  now(): number;
  capacity(): number;
  /** Whether everybody is admitted, or only those whom the operator approved or invited. */
  admitsAll(): boolean;
}

/** For how long an offer counts as a taken place. Connecting takes a few minutes. */
const offerMilliseconds = 30 * 60_000;
/** For how long an offer counts after its owner went to Oura. */
const connectingMilliseconds = 20 * 60_000;
/** How often going to Oura makes an offer count again. Without a limit, pressing Connect would hold a place for ever. */
const mostReservations = 2;
/** The most accounts in the queue. */
export const mostWaiting = 500;
/** When the queue is full, an offer that was not used for this long is given up for a new account. */
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
  // Version 0.1.0 had only the columns above, and still runs with the ones below.
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

/** A waiting account. The keys are the table's columns. */
type Row = {
  account_id: string;
  number: number;
  code: string;
  admitted: number;
  invited: number;
  offered_at: number | null;
  reserved_until: number | null;
  reservations: number;
};

export function createPlaces(sql: SqlStorage, { now, capacity, admitsAll }: PlaceRules): Places {
  function count(from: string, ...bindings: (string | number)[]): number {
    return sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, ...bindings).one().n;
  }

  function find(accountId: string): Row | null {
    return sql.exec<Row>("SELECT * FROM waiting WHERE account_id = ?", accountId).toArray()[0] ?? null;
  }

  /** Offers that count as taken places. */
  function countingOffers(): Row[] {
    return sql
      .exec<Row>(
        `SELECT * FROM waiting WHERE offered_at > ? OR reserved_until > ? ${inOrder}`,
        now() - offerMilliseconds,
        now(),
      )
      .toArray();
  }

  function isReserved(row: Row): boolean {
    return row.reserved_until !== null && row.reserved_until > now();
  }

  /** Those of the counting offers that come before this account. An invitation comes before an offer without one. */
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

  /** Whether the account may connect now. */
  function mayConnect(row: Row): boolean {
    return row.offered_at !== null && freePlaces() > offersBefore(row, countingOffers()).length;
  }

  /** Offers free places to the next in the queue. */
  function offerPlaces(): void {
    for (;;) {
      const [next] = sql
        .exec<Row>(
          `SELECT * FROM waiting WHERE offered_at IS NULL ${admitsAll() ? "" : "AND admitted = 1"} ${inOrder} LIMIT 1`,
        )
        .toArray();
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
    const rows = sql.exec<{ account_id: string }>("SELECT account_id FROM places WHERE owner_hash = ?", ownerHash);
    return rows.toArray()[0]?.account_id ?? null;
  }

  /** Makes room in a full queue: the offer that was left unused for longest goes. */
  function dropUnused(): boolean {
    const { rowsWritten } = sql.exec(
      `DELETE FROM waiting WHERE account_id IN (
         SELECT account_id FROM waiting WHERE offered_at < ? AND invited = 0 ORDER BY offered_at LIMIT 1)`,
      now() - unusedMilliseconds,
    );
    return rowsWritten > 0;
  }

  /** Puts an account in front of everybody who waits, with an offer. */
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

  // An account of version 0.1.0 that had a place without being connected waits first, with an offer.
  for (const { account_id, invited } of sql
    .exec<{ account_id: string; invited: number }>(
      "DELETE FROM places WHERE owner_hash IS NULL RETURNING account_id, invited",
    )
    .toArray()) {
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
      const own = counting.has(row.number) ? 1 : 0; // an offer that came too late for its place
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
      const [left] = sql
        .exec<{ invited: number }>("DELETE FROM places WHERE account_id = ? RETURNING invited", accountId)
        .toArray();
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
        codes: sql
          .exec<{ code: string }>(`SELECT code FROM waiting ${inOrder} LIMIT 100`)
          .toArray()
          .map(({ code }) => code),
      };
    },
  };
}

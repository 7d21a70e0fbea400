import { dayMilliseconds } from "../analytics/day.ts";
import { readCount } from "./read-rows.ts";

/**
 * The three kinds of registrations that are limited each day: new accounts, `programs` (OAuth clients), and `places`
 * (requests of accounts to connect a ring).
 */
export const registeredKinds = ["accounts", "programs", "places"] as const;
export type RegisteredKind = (typeof registeredKinds)[number];

/**
 * One network may use at most this part of a day's limit. The part is smallest for requests to connect a ring
 * (`places`), because only few rings can be connected.
 */
const shares: Readonly<Record<RegisteredKind, number>> = { accounts: 1 / 4, programs: 1 / 4, places: 1 / 10 };

export interface RegistrationsToday {
  used: number;
  ceiling: number;
  /**
   * Whether a registration of this kind was refused today, because the day's limit or one network's part of it was
   * reached.
   */
  reached: boolean;
}

export function createAllowanceTable(sql: SqlStorage): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS allowances (
      day INTEGER NOT NULL, kind TEXT NOT NULL, network TEXT NOT NULL, n INTEGER NOT NULL,
      PRIMARY KEY (day, kind, network)
    )`);
}

/** The number of UTC days since 1970-01-01. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMilliseconds);
}

export function secondsLeftOfDay(at: number): number {
  return Math.ceil(((dayOf(at) + 1) * dayMilliseconds - at) / 1_000);
}

/**
 * Counts one registration towards the day's limit for its kind. When half of the limit is used, only networks that have
 * made no registration of this kind today are accepted. So a few networks cannot use up the limit for everybody.
 * @param network a keyed hash of the network's address, so that the address itself is not stored
 * @returns false when the registration is refused
 */
export function takeAllowance(
  sql: SqlStorage,
  { kind, network, ceiling, at }: { kind: RegisteredKind; network: string; ceiling: number; at: number },
): boolean {
  const day = dayOf(at);
  const own = countOf(sql, "day = ? AND kind = ? AND network = ?", day, kind, network);
  const all = countOf(sql, "day = ? AND kind = ?", day, kind);
  const isFirst = own === 0;
  const isAllowed = own < Math.max(1, Math.floor(ceiling * shares[kind])) && all < (isFirst ? ceiling : ceiling / 2);
  if (isAllowed) {
    sql.exec("DELETE FROM allowances WHERE day < ?", day);
    sql.exec(
      "INSERT INTO allowances VALUES (?, ?, ?, 1) ON CONFLICT (day, kind, network) DO UPDATE SET n = n + 1",
      day,
      kind,
      network,
    );
  } else if (!wasReached(sql, day, kind)) {
    sql.exec("INSERT INTO allowances VALUES (?, ?, ?, 0)", day, kind, reachedMark);
  }
  return isAllowed;
}

/**
 * A row of the table `allowances` normally contains the hash of a network. If a row contains this word instead, a
 * registration of this kind was refused on this day.
 */
const reachedMark = "reached";

export function readAllowance(sql: SqlStorage, kind: RegisteredKind, ceiling: number, at: number): RegistrationsToday {
  const day = dayOf(at);
  return {
    used: countOf(sql, "day = ? AND kind = ?", day, kind),
    ceiling,
    reached: wasReached(sql, day, kind),
  };
}

function wasReached(sql: SqlStorage, day: number, kind: RegisteredKind): boolean {
  const query = "SELECT 1 FROM allowances WHERE day = ? AND kind = ? AND network = ?";
  return sql.exec(query, day, kind, reachedMark).toArray().length > 0;
}

function countOf(sql: SqlStorage, condition: string, ...bindings: (string | number)[]): number {
  const query = `SELECT coalesce(sum(n), 0) AS n FROM allowances WHERE ${condition}`;
  return readCount(sql, query, ...bindings);
}

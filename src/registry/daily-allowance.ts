import { dayMilliseconds } from "../analytics/day.ts";

/** What may be registered only so many times a day: accounts, programs (OAuth clients) and requests for a place. */
export const registeredKinds = ["accounts", "programs", "places"] as const;
export type RegisteredKind = (typeof registeredKinds)[number];

/** The largest part of a day's ceiling that one network may use. A place matters most, so its part is the smallest. */
const shares: Readonly<Record<RegisteredKind, number>> = { accounts: 1 / 4, programs: 1 / 4, places: 1 / 10 };

/** How much of a day's ceiling is used, for the operator. */
export interface RegistrationsToday {
  used: number;
  ceiling: number;
  /** Whether somebody was refused because of the ceiling or because of a network's part of it. */
  reached: boolean;
}

export function createAllowanceTable(sql: SqlStorage): void {
  sql.exec(`
    CREATE TABLE IF NOT EXISTS allowances (
      day INTEGER NOT NULL, kind TEXT NOT NULL, network TEXT NOT NULL, n INTEGER NOT NULL,
      PRIMARY KEY (day, kind, network)
    )`);
}

/** The number of the UTC day. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMilliseconds);
}

/** Seconds until the next UTC day. */
export function secondsLeftOfDay(at: number): number {
  return Math.ceil(((dayOf(at) + 1) * dayMilliseconds - at) / 1_000);
}

/**
 * Uses one registration of the day's ceiling. The second half of the ceiling is kept for networks that have registered
 * nothing of the kind today, so that one network cannot stop everybody.
 * @param network a keyed hash; rows of earlier days are deleted
 * @returns false when it is refused
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

/** A row with this name instead of a network says that somebody was refused. It is written once a day. */
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
  return sql.exec<{ n: number }>(query, ...bindings).one().n;
}

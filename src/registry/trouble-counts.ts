import * as z from "zod/mini";
import { dayMilliseconds } from "../analytics/day.ts";
import { readRows } from "./read-rows.ts";

/**
 * How often each kind of problem occurred, for the operator. The counts contain nothing about a person. Because a write
 * to storage for every problem would cost too much, problems are counted in memory first and reported to the registry
 * from time to time.
 */
export interface Troubles {
  /** How often Oura rejected a refresh token. The person then had to connect Oura again. */
  refresh_refused: number;
  /**
   * How often Oura did not confirm a refresh of tokens, so that its outcome was unknown. The refresh was then tried
   * again.
   */
  refresh_uncertain: number;
  /**
   * How often Oura refused this server's client id and secret when the server connected an account, refreshed its
   * tokens or revoked them.
   */
  app_refused: number;
  /** How often a tool call or a page needed stored tokens that no key in the setting TOKEN_KEYS decrypts. */
  key_changed: number;
  oura_rate_limited: number;
  /** How often a tool call was refused because the account had reached this server's limit of tool calls. */
  too_many_calls: number;
  /**
   * How often an attempt was refused, for example to sign in or to register an OAuth client, because a network had
   * reached this server's limit of attempts.
   */
  too_many_attempts: number;
}
export type TroubleKind = keyof Troubles;
export type TroubleCounts = Partial<Troubles>;

const keptDays = 30;

export interface TroubleLog {
  note(kind: TroubleKind): void;
  isPending(): boolean;
  /** Returns the counts since the last call of `take`. Null when no problem was counted. */
  take(): TroubleCounts | null;
}

export function createTroubleLog(): TroubleLog {
  let counts: TroubleCounts | null = null;
  return {
    note(kind) {
      counts = { ...counts, [kind]: (counts?.[kind] ?? 0) + 1 };
    },
    isPending: () => counts !== null,
    take() {
      const taken = counts;
      counts = null;
      return taken;
    },
  };
}

export function createTroubleTable(sql: SqlStorage): void {
  sql.exec(
    "CREATE TABLE IF NOT EXISTS troubles (day TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, kind))",
  );
}

export function addTroubles(sql: SqlStorage, counts: TroubleCounts, now: number): void {
  for (const [kind, n] of Object.entries(counts)) {
    sql.exec(
      "INSERT INTO troubles VALUES (?, ?, ?) ON CONFLICT (day, kind) DO UPDATE SET n = n + excluded.n",
      utcDay(now),
      kind,
      n,
    );
  }
  sql.exec("DELETE FROM troubles WHERE day <= ?", utcDay(now - keptDays * dayMilliseconds));
}

const countedKind = z.object({ kind: z.string(), n: z.number() });

/** The counts of the last `days` UTC days, including today. */
export function readTroubles(sql: SqlStorage, days: number, now: number): Troubles {
  const query = "SELECT kind, sum(n) AS n FROM troubles WHERE day > ? GROUP BY kind";
  const rows = readRows(sql, countedKind, query, utcDay(now - days * dayMilliseconds));
  const count = (kind: TroubleKind) => rows.find((row) => row.kind === kind)?.n ?? 0;
  return {
    refresh_refused: count("refresh_refused"),
    refresh_uncertain: count("refresh_uncertain"),
    app_refused: count("app_refused"),
    key_changed: count("key_changed"),
    oura_rate_limited: count("oura_rate_limited"),
    too_many_calls: count("too_many_calls"),
    too_many_attempts: count("too_many_attempts"),
  };
}

function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

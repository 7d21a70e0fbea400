/**
 * What went wrong how often, for the operator: counts by day and kind, nothing that points to a person. Whoever notices
 * trouble counts it in memory and tells the registry later, many at once, so that a day without trouble writes nothing.
 */
export interface Troubles {
  /** Oura refused a refresh for good: somebody has to reconnect. */
  refresh_refused: number;
  /** A refresh whose outcome nobody heard; it is tried again. */
  refresh_uncertain: number;
  /** Oura's own limit (429). */
  oura_rate_limited: number;
  /** Our limit of tool calls per account. */
  too_many_calls: number;
  /** Our limits of attempts per address, on the pages and at client registration. */
  too_many_attempts: number;
}
export type TroubleKind = keyof Troubles;
export type TroubleCounts = Partial<Troubles>;

const keptDays = 30;
const dayMilliseconds = 86_400_000;

/** Counts of one place in memory until they are taken to be written. */
export interface TroubleLog {
  note(kind: TroubleKind): void;
  /** What was noted since the last time; null when nothing was. */
  take(): TroubleCounts | null;
}

export function createTroubleLog(): TroubleLog {
  let counts: TroubleCounts | null = null;
  return {
    note(kind) {
      counts = { ...counts, [kind]: (counts?.[kind] ?? 0) + 1 };
    },
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

/** The counts of the last `days` days in UTC, today among them; every kind is named. */
export function readTroubles(sql: SqlStorage, days: number, now: number): Troubles {
  const rows = sql
    .exec<{ kind: string; n: number }>(
      "SELECT kind, sum(n) AS n FROM troubles WHERE day > ? GROUP BY kind",
      utcDay(now - days * dayMilliseconds),
    )
    .toArray();
  const count = (kind: TroubleKind) => rows.find((row) => row.kind === kind)?.n ?? 0;
  return {
    refresh_refused: count("refresh_refused"),
    refresh_uncertain: count("refresh_uncertain"),
    oura_rate_limited: count("oura_rate_limited"),
    too_many_calls: count("too_many_calls"),
    too_many_attempts: count("too_many_attempts"),
  };
}

function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

const units = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** "2026-11-22 19:02 UTC": the server does not know the reader's zone, so it says whose time this is. */
export function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** "3 hours ago": needs no time zone. Older than a month, the date says more. */
export function formatAge(at: number, now: number): string {
  const age = now - at;
  if (age > 30 * 86_400_000) return `on ${new Date(at).toISOString().slice(0, 10)}`;
  for (const [unit, milliseconds] of units) {
    if (age >= milliseconds) {
      return new Intl.RelativeTimeFormat("en", { numeric: "always" }).format(-Math.floor(age / milliseconds), unit);
    }
  }
  return "just now";
}

/** A time as people tell it, with the exact one for machines and for a pointer that rests on it. */
export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <time datetime={new Date(at).toISOString()} title={formatTime(at)}>
      {formatAge(at, now)}
    </time>
  );
}

import { dayMilliseconds } from "../analytics/day.ts";

const units = [
  ["day", dayMilliseconds],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** Writes a time in UTC: "2026-11-22 19:02 UTC". The server does not know the reader's time zone. */
export function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** "2026-11-22" */
export function formatDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/**
 * Says how long ago a time was, such as "3 hours ago". These words are right in every time zone. If the time is more
 * than 30 days ago, the result is the date: "on 2026-10-02".
 */
export function formatAge(at: number, now: number): string {
  const age = now - at;
  if (age > 30 * dayMilliseconds) return `on ${formatDate(at)}`;
  for (const [unit, milliseconds] of units) {
    if (age >= milliseconds) {
      return new Intl.RelativeTimeFormat("en", { numeric: "always" }).format(-Math.floor(age / milliseconds), unit);
    }
  }
  return "just now";
}

/** Shows how long ago something happened. The exact time is in the `datetime` attribute and in the tooltip. */
export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <time datetime={new Date(at).toISOString()} title={formatTime(at)}>
      {formatAge(at, now)}
    </time>
  );
}

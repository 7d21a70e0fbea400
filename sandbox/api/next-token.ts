import { z } from "zod";
import type { Instant } from "../people/calendar.ts";

const content = z.object({
  u: z.record(z.string(), z.object({ new_start_time: z.iso.datetime() })),
  n: z.array(z.never()),
});

/** Opaque to clients. Like Oura's, it contains the user's id, so it must not be logged. */
export function encodeNextToken(userId: string, start: Instant): string {
  return `1:${btoa(JSON.stringify({ u: { [userId]: { new_start_time: new Date(start).toISOString() } }, n: [] }))}`;
}

/** Where the page starts, or `null` if the token is not one of this user's. */
export function decodeNextToken(userId: string, token: string): Instant | null {
  const encoded = /^1:([A-Za-z0-9+/]+=*)$/.exec(token)?.[1];
  if (encoded === undefined) return null;
  try {
    const parsed = content.safeParse(JSON.parse(atob(encoded)));
    const start = parsed.data?.u[userId]?.new_start_time;
    return start === undefined ? null : Date.parse(start);
  } catch {
    // Not base64 or not JSON: not a token of ours.
    return null;
  }
}

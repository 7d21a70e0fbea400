import { type MissingReason, missingReasons, sayReason } from "../question/missing-reasons.ts";
import { sayDays } from "../words/present.ts";
import type { Answer } from "./answer.ts";
import { at } from "./is-object.ts";

const reasons = Object.keys(missingReasons) as MissingReason[]; // Object.keys returns string[]

/**
 * Says that something is missing and why: "No night on 4 Nov 2026 (the ring was not worn or recorded nothing)." The
 * reason comes from the answer's `missing` list. The result is null when the list gives no reason.
 */
export function sayMissing({ fields }: Answer, what: string): string | null {
  const missing = Array.isArray(fields.missing) ? fields.missing : [];
  const parts = missing.flatMap((entry: unknown) => {
    const [days, detail] = [at(entry, "days"), at(entry, "detail")];
    const reason = reasons.find((known) => known === at(entry, "reason"));
    if (at(entry, "what") !== what || !reason) return [];
    const when = typeof days === "string" ? ` on ${sayDays(days)}` : "";
    return [
      `No ${what.replaceAll("_", " ")}${when} (${sayReason(reason, typeof detail === "string" ? detail : undefined)}).`,
    ];
  });
  return parts.length === 0 ? null : parts.join(" ");
}

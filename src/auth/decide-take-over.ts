import type { ApprovedConsent } from "@cloudflare/workers-oauth-provider";
import { unwrap } from "../outcome.ts";
import type { AppContext } from "../web/app.ts";
import type { Session } from "../web/session.ts";

/**
 * The person's ring is connected to another account of this service. The person decided whether to move this connection
 * to the account that is signed in. If no assistant waits for the decision, `approved` and `denied` are null. The
 * headers of `denied` lead the browser back to the assistant.
 */
export type TakeOverDecision =
  | { kind: "cancelled"; denied: { headers: Headers } | null }
  | { kind: "taken_over"; approved: ApprovedConsent | null };

/**
 * Moves the connection to this account, or keeps it where it is.
 * @param handle names the assistant's request that waits for the decision; null when the person started on their own
 *   page
 */
export async function decideTakeOver(
  c: AppContext,
  { agent, secret }: Session,
  decision: "take_over" | "cancel",
  handle: string | null,
): Promise<TakeOverDecision> {
  const { OAUTH_PROVIDER } = c.env;
  if (decision === "cancel") {
    unwrap(await agent.cancelTakeOver(secret));
    return { kind: "cancelled", denied: handle === null ? null : await OAUTH_PROVIDER.denyConsent(c.req.raw, handle) };
  }
  // The assistant's request is approved before anything else is changed, because `approveConsent` throws if the person
  // opened the page too long ago.
  const approved = handle === null ? null : await OAUTH_PROVIDER.approveConsent(c.req.raw, handle);
  unwrap(await agent.takeOver(secret));
  return { kind: "taken_over", approved };
}

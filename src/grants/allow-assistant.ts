import type { WebSession } from "../account/sessions.ts";
import { AppError } from "../errors.ts";
import type { AssistantDetails, AssistantStore } from "./assistants.ts";
import type { GrantStore } from "./grant-store.ts";

/**
 * One account may have at most this many approvals of assistants at a time. Access tokens, which a person makes in the
 * panel, have a separate limit.
 */
const mostAssistants = 50;

interface Approvals {
  assistants: AssistantStore;
  grants: GrantStore;
}

/**
 * Stores a record of the person's approval of an assistant, and returns the record's id. Throws `too_many_assistants`
 * when the account has reached its limit.
 * @param session the session of the browser in which the person pressed Allow; null when the session has just ended
 */
export function allowAssistant(
  approvals: Approvals,
  details: AssistantDetails,
  session: WebSession | null,
): { assistantId: string } {
  makeRoom(approvals);
  const browser = session?.browserId ? { name: session.browser, id: session.browserId } : null;
  return { assistantId: approvals.assistants.add(details, browser) };
}

/**
 * If the account has reached its limit of approvals, deletes the approvals that no longer work. These are approvals
 * whose authorization code was never used, or whose grant has expired. Throws `too_many_assistants` if the limit is
 * reached and all approvals still work.
 */
function makeRoom({ assistants, grants }: Approvals): void {
  const approvals = assistants.list().filter(({ assistant }) => assistant.accessToken === null);
  const valid = approvals.filter(({ assistant }) => assistant.revokedAt === null);
  if (valid.length < mostAssistants) return;
  const over = valid.filter(({ id, assistant }) => assistant.storedHere && !grants.hasGrantOf(id));
  if (over.length === 0) throw new AppError({ kind: "too_many_assistants", most: mostAssistants });
  for (const { id } of over) assistants.forget(id);
}

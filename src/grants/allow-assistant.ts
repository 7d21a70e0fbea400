import type { WebSession } from "../account/sessions.ts";
import { AppError } from "../errors.ts";
import type { AssistantDetails, AssistantStore } from "./assistants.ts";
import type { GrantStore } from "./grant-store.ts";

/**
 * One account may allow at most this many assistants at a time. An assistant that was allowed twice counts twice.
 * Access tokens have a separate limit.
 */
const mostAssistants = 50;

interface Approvals {
  assistants: AssistantStore;
  grants: GrantStore;
}

/**
 * Throws `too_many_assistants` when the account has reached its limit on allowed assistants.
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
 * If the account has reached its limit on allowed assistants, deletes the records of assistants that no longer have
 * access. Such an assistant did not use its authorization code in time, or its grant has expired. Throws
 * `too_many_assistants` if the limit is reached and all allowed assistants still have access.
 */
function makeRoom({ assistants, grants }: Approvals): void {
  const approvals = assistants.list().filter(({ assistant }) => assistant.accessToken === null);
  const valid = approvals.filter(({ assistant }) => assistant.revokedAt === null);
  if (valid.length < mostAssistants) return;
  const over = valid.filter(({ id, assistant }) => assistant.storedHere && !grants.hasGrantOf(id));
  if (over.length === 0) throw new AppError({ kind: "too_many_assistants", most: mostAssistants });
  for (const { id } of over) assistants.forget(id);
}

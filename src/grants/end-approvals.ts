import type { AssistantStore } from "./assistants.ts";
import type { GrantStore } from "./grant-store.ts";
import type { TidyList } from "./tidy-list.ts";

interface Approvals {
  assistants: AssistantStore;
  grants: GrantStore;
  tidy: TidyList;
}

/**
 * Ends the access of some assistants: revokes the approvals (the stored permissions) with these ids and ends their
 * grants. If an id has no valid approval, nothing is written for it.
 */
export function endApprovals({ assistants, grants, tidy }: Approvals, ids: readonly string[]): void {
  const valid = assistants.list().filter(({ id, assistant }) => ids.includes(id) && assistant.revokedAt === null);
  for (const { id } of valid) {
    assistants.revoke(id);
    grants.endGrantsOf(id);
  }
  tidy.add(valid.filter(({ assistant }) => !assistant.storedHere).map(({ id }) => id));
}

/**
 * Ends the access of all the account's assistants: revokes their approvals (the stored permissions) and ends their
 * grants.
 */
export function endAllApprovals(approvals: Approvals): void {
  const ids = approvals.assistants.list().map(({ id }) => id);
  endApprovals(approvals, ids);
}

import type { AssistantStore } from "./assistants.ts";
import type { GrantStore } from "./grant-store.ts";
import type { TidyList } from "./tidy-list.ts";

interface Approvals {
  assistants: AssistantStore;
  grants: GrantStore;
  tidy: TidyList;
}

/** Revokes approvals and ends their grants. If an id has no valid approval, nothing is written for it. */
export function endApprovals({ assistants, grants, tidy }: Approvals, ids: readonly string[]): void {
  const valid = assistants.list().filter(({ id, assistant }) => ids.includes(id) && assistant.revokedAt === null);
  for (const { id } of valid) {
    assistants.revoke(id);
    grants.endGrantsOf(id);
  }
  tidy.add(valid.filter(({ assistant }) => !assistant.storedHere).map(({ id }) => id));
}

/** Revokes all approvals of the account and ends their grants. */
export function endAllApprovals(approvals: Approvals): void {
  const ids = approvals.assistants.list().map(({ id }) => id);
  endApprovals(approvals, ids);
}

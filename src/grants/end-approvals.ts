import type { AssistantStore } from "./assistants.ts";
import type { GrantStore } from "./grant-store.ts";
import type { TidyList } from "./tidy-list.ts";

interface Approvals {
  assistants: AssistantStore;
  grants: GrantStore;
  tidy: TidyList;
}

/**
 * Ends the access of some assistants: marks the assistants' records with these ids as revoked, and ends their OAuth
 * grants. If there is no record with an id, or the record is already revoked, nothing is written for this id.
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
 * Ends the access of all the account's assistants: marks their records as revoked and ends their OAuth grants. The
 * access tokens of the account are revoked too.
 */
export function endAllApprovals(approvals: Approvals): void {
  const ids = approvals.assistants.list().map(({ id }) => id);
  endApprovals(approvals, ids);
}

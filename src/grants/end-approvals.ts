import type { AssistantStore } from "./assistants.ts";
import type { GrantStore } from "./grant-store.ts";
import type { TidyList } from "./tidy-list.ts";

interface Approvals {
  assistants: AssistantStore;
  grants: GrantStore;
  tidy: TidyList;
}

/**
 * Revokes the assistants' records with these ids and ends their OAuth grants. For an unknown or already revoked id,
 * nothing is written.
 */
export function endApprovals({ assistants, grants, tidy }: Approvals, ids: readonly string[]): void {
  const valid = assistants.list().filter(({ id, assistant }) => ids.includes(id) && assistant.revokedAt === null);
  for (const { id } of valid) {
    assistants.revoke(id);
    grants.endGrantsOf(id);
  }
  tidy.add(valid.filter(({ assistant }) => !assistant.storedHere).map(({ id }) => id));
}

/** Revokes every assistant and every access token of the account. */
export function endAllApprovals(approvals: Approvals): void {
  const ids = approvals.assistants.list().map(({ id }) => id);
  endApprovals(approvals, ids);
}

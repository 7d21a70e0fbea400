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

/**
 * Called when an assistant has used its record `id`. If the person has allowed this assistant twice, the account has an
 * older and a newer record of it. The first request with the newer record ends the older one.
 */
export function endReplaced(approvals: Approvals, id: string): void {
  const replaced = approvals.assistants.takeReplaced(id);
  if (replaced.length > 0) endApprovals(approvals, replaced);
}

/** Revokes every assistant and every access token of the account. */
export function endAllApprovals(approvals: Approvals): void {
  const ids = approvals.assistants.list().map(({ id }) => id);
  endApprovals(approvals, ids);
}

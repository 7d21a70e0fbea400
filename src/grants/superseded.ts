import { dayMilliseconds } from "../analytics/day.ts";
import type { Assistant } from "./assistants.ts";

/**
 * A person may allow the same assistant twice in the same browser. The account then has an older and a newer record of
 * the assistant. The older record is revoked when the newer one is used at least this long after the last use of the
 * older one.
 */
const keptMilliseconds = 30 * dayMilliseconds;

interface Listed {
  id: string;
  assistant: Assistant;
}

/**
 * Returns the newest other record of an assistant that may have replaced the record `one`; null when there is none. In
 * both records, the assistant must have the same name and the same maker, must run on the person's own computer, and
 * must have been allowed in the same browser.
 *
 * The OAuth client ids cannot show whether two records are of the same assistant: some assistants register with a new
 * id at each sign-in, and others have one id for all installations. The assistant may still use the older record, for
 * example in a second container, so the result alone is no reason to revoke that record.
 */
export function findNewer(one: Listed, all: readonly Listed[]): Assistant | null {
  const { clientName, clientDomain, isOnThisComputer, browser, createdAt } = one.assistant;
  if (!isOnThisComputer || browser === null) return null;
  const newer = all.filter(
    ({ id, assistant }) =>
      id !== one.id &&
      assistant.revokedAt === null &&
      assistant.isOnThisComputer &&
      assistant.clientName === clientName &&
      assistant.clientDomain === clientDomain &&
      assistant.browser?.id === browser.id &&
      assistant.createdAt > createdAt,
  );
  return newer.toSorted((left, right) => right.assistant.createdAt - left.assistant.createdAt)[0]?.assistant ?? null;
}

/**
 * Returns the ids of the older records that can be revoked. {@link findNewer} must find a newer record for them. The
 * newer record must have been used at least 30 days after the last use of the older record. If the older record was
 * never used, its creation counts as its last use.
 */
export function findSuperseded(all: readonly Listed[]): string[] {
  const valid = all.filter(({ assistant }) => assistant.revokedAt === null);
  return valid.flatMap((one) => {
    const usedAt = findNewer(one, valid)?.lastUsedAt ?? null;
    const { lastUsedAt, createdAt } = one.assistant;
    return usedAt !== null && usedAt >= (lastUsedAt ?? createdAt) + keptMilliseconds ? [one.id] : [];
  });
}

import { dayMilliseconds } from "../analytics/day.ts";
import type { Assistant } from "./assistants.ts";

/**
 * An assistant may use a newer approval from the same browser in place of an older one. The older approval ends when
 * the newer one is used at least this long after the last use of the older one, in milliseconds.
 */
const keptMilliseconds = 30 * dayMilliseconds;

interface Listed {
  id: string;
  assistant: Assistant;
}

/**
 * The newest other approval that may have replaced the approval `one`; null when there is none. Both approvals have to
 * be for an assistant with the same name and maker that runs on the person's own computer, and both have to be from the
 * same browser. The OAuth client ids cannot decide this: some assistants register with a new id at each sign-in, and
 * others have one id for all installations. The older approval may still be in use, for example in a second container,
 * so the result alone is no reason to end it.
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
 * The ids of approvals that are no longer used. For each of these approvals there is another approval that may have
 * replaced it and that was last used at least 30 days later.
 */
export function findSuperseded(all: readonly Listed[]): string[] {
  const valid = all.filter(({ assistant }) => assistant.revokedAt === null);
  return valid.flatMap((one) => {
    const usedAt = findNewer(one, valid)?.lastUsedAt ?? null;
    const { lastUsedAt, createdAt } = one.assistant;
    return usedAt !== null && usedAt >= (lastUsedAt ?? createdAt) + keptMilliseconds ? [one.id] : [];
  });
}

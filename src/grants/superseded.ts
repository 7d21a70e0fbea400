import { dayMilliseconds } from "../analytics/day.ts";
import type { Assistant } from "./assistants.ts";

/** How long an unused approval is kept while a newer approval of the same program in the same browser is in use. */
const keptMilliseconds = 30 * dayMilliseconds;

interface Listed {
  id: string;
  assistant: Assistant;
}

/**
 * The newest other approval that may have replaced this one. It has to be of a program with the same name and maker,
 * allowed in the same browser, on the same computer. The client ids cannot decide this. Some programs register with a
 * new id at each sign-in, and others share one id among all installations. The older approval may still be in use too,
 * for example in a second container. Null when there is no newer approval.
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
 * The ids of approvals that were last used at least 30 days before the last use of the approval that may have replaced
 * them.
 */
export function findSuperseded(all: readonly Listed[]): string[] {
  const valid = all.filter(({ assistant }) => assistant.revokedAt === null);
  return valid.flatMap((one) => {
    const usedAt = findNewer(one, valid)?.lastUsedAt ?? null;
    const { lastUsedAt, createdAt } = one.assistant;
    return usedAt !== null && usedAt >= (lastUsedAt ?? createdAt) + keptMilliseconds ? [one.id] : [];
  });
}

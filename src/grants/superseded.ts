import { dayMilliseconds } from "../analytics/day.ts";
import type { Assistant } from "./assistants.ts";

/** How long an approval is kept that is not used, while a newer one of the same program in the same browser is. */
const keptMilliseconds = 30 * dayMilliseconds;

interface Listed {
  id: string;
  assistant: Assistant;
}

/**
 * The newest other approval that may have taken the place of this one: of a program of the same name and maker on the
 * same computer. Programs register again at each sign-in, and all installations share the id of a document, so the id
 * says nothing. Both may be in use, as in two containers. Null when there is none.
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

/** The approvals that were last used a month before the one that may have taken their place. */
export function findSuperseded(all: readonly Listed[]): string[] {
  const valid = all.filter(({ assistant }) => assistant.revokedAt === null);
  return valid.flatMap((one) => {
    const usedAt = findNewer(one, valid)?.lastUsedAt ?? null;
    const { lastUsedAt, createdAt } = one.assistant;
    return usedAt !== null && usedAt >= (lastUsedAt ?? createdAt) + keptMilliseconds ? [one.id] : [];
  });
}

import type { Failure } from "../errors.ts";
import { listScopeLabels, type ScopeName } from "../oura/scopes.ts";

/** The scopes that may be read, by who decided. */
export interface Access {
  /** The scopes the person granted at Oura; empty before connecting. */
  oura: readonly ScopeName[];
  /** Set when Oura did not name these scopes, and reads proved them. */
  isProvenByReads?: boolean;
  /** The scopes the person granted this assistant, independent of Oura's. */
  assistant: readonly ScopeName[];
  /** Whether the assistant uses an access token, which can be narrowed and not extended. */
  hasToken?: boolean;
}

/**
 * Why data that needs `scopes` may not be read; null when it may. The assistant's own limit is reported first.
 * @param atOura the scopes Oura requires, where they differ
 */
export function findRefusal(
  access: Access,
  scopes: readonly ScopeName[],
  atOura: readonly ScopeName[] = scopes,
): Failure | null {
  const notForAssistant = scopes.filter((name) => !access.assistant.includes(name));
  if (notForAssistant.length > 0) {
    const labels = listScopeLabels(notForAssistant);
    return { kind: "not_granted_to_assistant", labels, ...(access.hasToken ? { hasToken: true } : {}) };
  }
  const notAtOura = atOura.filter((name) => !access.oura.includes(name));
  if (notAtOura.length > 0) return { kind: "not_granted_by_oura", labels: listScopeLabels(notAtOura) };
  return null;
}

import type { Failure } from "../errors.ts";
import { listScopeLabels, type ScopeName } from "../oura/scopes.ts";

/** Which data may be read, and whose decision it was. */
export interface Access {
  /** What Oura says the person granted; empty before connecting. */
  oura: readonly ScopeName[];
  /** What this assistant may read, whatever Oura grants. */
  assistant: readonly ScopeName[];
}

/** Why data behind `scopes` may not be read, or null when it may. The assistant's limit comes first: it is the nearer one. */
export function findRefusal(
  access: Access,
  scopes: readonly ScopeName[],
  atOura: readonly ScopeName[] = scopes,
): Failure | null {
  const notForAssistant = scopes.filter((name) => !access.assistant.includes(name));
  if (notForAssistant.length > 0) return { kind: "not_granted_to_assistant", labels: listScopeLabels(notForAssistant) };
  const notAtOura = atOura.filter((name) => !access.oura.includes(name));
  if (notAtOura.length > 0) return { kind: "not_granted_by_oura", labels: listScopeLabels(notAtOura) };
  return null;
}

import type { Failure } from "../errors.ts";
import { type OuraRouteName, ouraScopeOf, scopesOfRoute } from "../oura/routes.ts";
import { listScopeLabels, type ScopeName } from "../oura/scopes.ts";

/**
 * The scopes (permissions for kinds of data) of a tool call. Data may be read only if the person granted its scope
 * twice: on Oura's page to Ringbridge, and on Ringbridge's page to the assistant.
 */
export interface Access {
  /** The scopes that the person granted to Ringbridge at Oura; empty before the ring is connected. */
  oura: readonly ScopeName[];
  /**
   * Set when Oura did not say which scopes the person granted. In this case, Ringbridge found out the granted scopes by
   * sending test requests.
   */
  isProvenByReads?: boolean;
  /** The scopes that the person granted to this assistant. The list can contain scopes that Oura did not grant. */
  assistant: readonly ScopeName[];
  /**
   * Whether the assistant uses an access token that the person made on the account page. The permissions of such a
   * token can be reduced, but not extended.
   */
  hasToken?: boolean;
}

/**
 * Returns the reason why a route of Oura's API may not be read, or null when it may be read. If the assistant lacks some
 * of the scopes that the route needs, the reason names only the scopes that the person has not granted to the assistant.
 * Otherwise it names the scope that the person has not granted at Oura.
 */
export function findRefusal(access: Access, route: OuraRouteName): Failure | null {
  const scopes: readonly ScopeName[] = scopesOfRoute(route);
  const notForAssistant = scopes.filter((name) => !access.assistant.includes(name));
  if (notForAssistant.length > 0) {
    const labels = listScopeLabels(notForAssistant);
    return { kind: "not_granted_to_assistant", labels, ...(access.hasToken ? { hasToken: true } : {}) };
  }
  const atOura = ouraScopeOf(route);
  if (!access.oura.includes(atOura)) return { kind: "not_granted_by_oura", labels: listScopeLabels([atOura]) };
  return null;
}

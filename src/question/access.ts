import type { Failure } from "../errors.ts";
import { type OuraRouteName, ouraScopeOf, scopesOfRoute } from "../oura/routes.ts";
import { listScopeLabels, type ScopeName } from "../oura/scopes.ts";

/**
 * A scope is a permission for one kind of data. Data may be read only if the person granted its scope twice: on Oura's
 * page to Ringbridge, and on Ringbridge's page to the assistant.
 */
export interface Access {
  /** The scopes that the person granted to Ringbridge at Oura; empty before the ring is connected. */
  oura: readonly ScopeName[];
  /**
   * Set when Oura did not say which scopes the person granted. Ringbridge then found them out by sending test requests.
   */
  isProvenByReads?: boolean;
  /** The scopes that the person granted to this assistant. Some of them may not be granted at Oura. */
  assistant: readonly ScopeName[];
  /**
   * Whether the assistant uses an access token that the person made on the account page. The permissions of such a
   * token can be reduced, but not extended.
   */
  hasToken?: boolean;
}

/**
 * Why a route of Oura's API may not be read, or null when it may be read. If the assistant lacks some of the scopes
 * that the route needs, the reason names these, and the scope that the person has not granted at Oura, if there is
 * one. Otherwise it names only the scope that the person has not granted at Oura.
 */
export function findRefusal(access: Access, route: OuraRouteName): Failure | null {
  const scopes: readonly ScopeName[] = scopesOfRoute(route);
  const notForAssistant = scopes.filter((name) => !access.assistant.includes(name));
  const atOura = ouraScopeOf(route);
  const notAtOura = access.oura.includes(atOura) ? null : listScopeLabels([atOura]);
  if (notForAssistant.length > 0)
    return {
      kind: "not_granted_to_assistant",
      labels: listScopeLabels(notForAssistant),
      ...(access.hasToken ? { hasToken: true } : {}),
      ...(notAtOura === null ? {} : { alsoNotAtOura: notAtOura }),
    };
  return notAtOura === null ? null : { kind: "not_granted_by_oura", labels: notAtOura };
}

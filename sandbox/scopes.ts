/** Oura's permissions by the name an app asks for, with the words its page shows. */
export const SCOPES = {
  daily: "Daily Summaries",
  heartrate: "Heart Rate",
  spo2: "Blood Oxygen (SpO2)",
  workout: "Workouts",
  session: "Sessions",
  tag: "Tags",
  ring_configuration: "Ring Configuration",
  stress: "Stress",
  heart_health: "Heart Health",
  personal: "Personal Info",
  email: "Email",
} as const;

export type Scope = keyof typeof SCOPES;

const PREFIX = "extapi:";

export function isScope(name: string): name is Scope {
  return Object.hasOwn(SCOPES, name);
}

/** Every scope, in the order of the sign-in page. */
export function allScopes(): Scope[] {
  return Object.keys(SCOPES).filter(isScope);
}

/**
 * What a `scope` parameter asks for. Blank asks for everything. A name that is not known, or not spelt the way this
 * generation spells it, vanishes without a word: the new sign-in wants `extapi:daily`, the old one takes `daily` too.
 */
export function requestedScopes(parameter: string, generation: "new" | "legacy"): Scope[] {
  const names = parameter.split(/\s+/).filter((name) => name !== "");
  if (names.length === 0) return allScopes();
  const known = names
    .filter((name) => generation === "legacy" || name.startsWith(PREFIX))
    .map((name) => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name));
  return allScopes().filter((scope) => known.includes(scope));
}

/** Granted scopes as Oura writes them: `extapi:daily extapi:heartrate`. */
export function grantedScopes(scopes: readonly Scope[]): string {
  return scopes.map((scope) => PREFIX + scope).join(" ");
}

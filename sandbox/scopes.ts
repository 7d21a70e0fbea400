/** Oura's permissions: the name an app requests, and the text on Oura's page. */
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
 * The permissions a `scope` parameter requests; blank requests all. Names that this generation does not know are
 * ignored without an error: the new sign-in needs `extapi:daily`, the old one also accepts `daily`.
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

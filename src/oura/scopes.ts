/**
 * The data categories that a person can grant, in the order in which every page lists them. The names are Oura's scope
 * names, and assistants request OAuth scopes of the same names from Ringbridge. So a checkbox on Ringbridge's consent
 * page covers the same data as the checkbox of the same name on Oura's.
 */
export const scopes = [
  {
    name: "daily",
    label: "Daily Summaries",
    unlocks: "sleep, readiness and activity, with the night's heart rate and HRV",
  },
  { name: "heartrate", label: "Heart Rate", unlocks: "heart rate through the day" },
  { name: "spo2", label: "Blood Oxygen (SpO2)", unlocks: "average blood oxygen during sleep" },
  { name: "workout", label: "Workouts", unlocks: "workouts with their time, kind and intensity" },
  { name: "session", label: "Sessions", unlocks: "meditation, breathing and rest sessions" },
  { name: "tag", label: "Tags", unlocks: "the tags you enter, such as alcohol or a late meal" },
  {
    name: "ring_configuration",
    label: "Ring Configuration",
    unlocks: "ring model, firmware, size, colour and battery",
  },
  { name: "stress", label: "Stress", unlocks: "daytime stress and recovery, and resilience" },
  { name: "heart_health", label: "Heart Health", unlocks: "cardiovascular age and VO2 max" },
  { name: "personal", label: "Personal Info", unlocks: "age, height, weight and biological sex" },
] as const;

export type ScopeName = (typeof scopes)[number]["name"];

export const scopeNames: readonly ScopeName[] = scopes.map((scope) => scope.name);

/**
 * The scopes that are ticked when the consent page opens. The profile (age, height, weight and sex) is not among them,
 * because most questions do not need it.
 */
export const defaultScopeNames: readonly ScopeName[] = scopeNames.filter((name) => name !== "personal");

export function isScopeName(name: string): name is ScopeName {
  return (scopeNames as readonly string[]).includes(name); // widened, so that any string can be compared
}

export function scopeLabel(name: ScopeName): string {
  return scopes.find((scope) => scope.name === name)?.label ?? name;
}

/** Joined for use in a sentence: "Stress and Daily Summaries". */
export function listScopeLabels(names: readonly ScopeName[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names.map(scopeLabel));
}

/**
 * Reads space-separated scopes in either of Oura's spellings (`extapi:daily` or `daily`). Unknown scopes are left out.
 * The result is in the order of {@link scopes}.
 */
export function parseScopes(text: string): ScopeName[] {
  const granted = new Set(text.split(/[\s+]+/).map((name) => name.replace(/^extapi:/, "")));
  return scopeNames.filter((name) => granted.has(name));
}

export function intersectScopes(left: readonly string[], right: readonly string[]): ScopeName[] {
  return scopeNames.filter((name) => left.includes(name) && right.includes(name));
}

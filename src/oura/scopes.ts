/**
 * The data categories a person can grant, in the order of every page. The names are Oura's scope names and also the
 * OAuth scopes that assistants request from Ringbridge, so a checkbox means the same on both consent pages.
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

/** Scopes that are ticked by default: all but the profile, which no default question needs. */
export const defaultScopeNames: readonly ScopeName[] = scopeNames.filter((name) => name !== "personal");

export function isScopeName(name: string): name is ScopeName {
  return (scopeNames as readonly string[]).includes(name); // widening a readonly list to compare with any string
}

export function scopeLabel(name: ScopeName): string {
  return scopes.find((scope) => scope.name === name)?.label ?? name;
}

/** Labels joined for a sentence: "Stress and Daily Summaries". */
export function listScopeLabels(names: readonly ScopeName[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names.map(scopeLabel));
}

/**
 * Known scopes in catalogue order, from a space-separated string in either of Oura's spellings (`extapi:daily`,
 * `daily`).
 */
export function parseScopes(text: string): ScopeName[] {
  const granted = new Set(text.split(/[\s+]+/).map((name) => name.replace(/^extapi:/, "")));
  return scopeNames.filter((name) => granted.has(name));
}

/** The scopes in both lists, in catalogue order. */
export function intersectScopes(left: readonly string[], right: readonly string[]): ScopeName[] {
  return scopeNames.filter((name) => left.includes(name) && right.includes(name));
}

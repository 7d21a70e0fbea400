import type * as z from "zod";
import * as schemas from "./schemas.ts";
import type { ScopeName } from "./scopes.ts";

/**
 * Every route of Oura's API that Ringbridge reads. The fields of an entry are these:
 * - `scope`: the OAuth scope that Oura requires.
 * - `asks`: what a request asks for. `days`: documents that each belong to one day of a range of dates. `spans`:
 *   documents that can span several days, for a range of dates. `times`: rows between two instants. `latest`: only the
 *   newest row. `all`: every document. `single`: one object.
 * - `schema`: the fields that are read.
 * - `path`: the name of the route in Oura's API, if it differs from the key. For example, `sleep_with_series` reads the
 *   same route as `sleep` with more fields, which only some questions need.
 * - `wornAt`: when the ring must be worn so that Oura creates a document: at night, at any time of the day, or over
 *   weeks.
 */
export const ouraRoutes = {
  daily_sleep: { scope: "daily", asks: "days", wornAt: "night", schema: schemas.dailySleep },
  sleep: { scope: "daily", asks: "days", wornAt: "night", schema: schemas.sleepPeriod },
  daily_readiness: { scope: "daily", asks: "days", wornAt: "night", schema: schemas.dailyReadiness },
  daily_activity: { scope: "daily", asks: "days", wornAt: "day", schema: schemas.dailyActivity },
  daily_sleep_contributors: {
    path: "daily_sleep",
    scope: "daily",
    asks: "days",
    wornAt: "night",
    schema: schemas.sleepContributors,
  },
  daily_readiness_contributors: {
    path: "daily_readiness",
    scope: "daily",
    asks: "days",
    wornAt: "night",
    schema: schemas.readinessContributors,
  },
  daily_activity_contributors: {
    path: "daily_activity",
    scope: "daily",
    asks: "days",
    wornAt: "day",
    schema: schemas.activityContributors,
  },
  // For daily_stress, Oura requires the scope `daily`, although Oura also has a scope `stress`. Ringbridge requires
  // both scopes. The reason is Ringbridge's consent page, which calls this data "Stress": a person who does not tick
  // "Stress" expects that the assistant cannot read it.
  daily_stress: {
    scope: "daily",
    alsoNeeds: "stress",
    asks: "days",
    wornAt: "day",
    needsThirdGeneration: true,
    schema: schemas.dailyStress,
  },
  daily_spo2: { scope: "spo2", asks: "days", wornAt: "night", needsThirdGeneration: true, schema: schemas.dailySpo2 },
  daily_resilience: {
    scope: "stress",
    asks: "days",
    wornAt: "weeks",
    needsThirdGeneration: true,
    schema: schemas.dailyResilience,
  },
  daily_resilience_contributors: {
    path: "daily_resilience",
    scope: "stress",
    asks: "days",
    wornAt: "weeks",
    needsThirdGeneration: true,
    schema: schemas.resilienceContributors,
  },
  daily_cardiovascular_age: {
    scope: "heart_health",
    asks: "days",
    wornAt: "weeks",
    needsThirdGeneration: true,
    schema: schemas.dailyCardiovascularAge,
  },
  vO2_max: { scope: "heart_health", asks: "days", wornAt: "weeks", needsThirdGeneration: true, schema: schemas.vo2Max },
  sleep_time: { scope: "daily", asks: "days", wornAt: "weeks", schema: schemas.sleepTime },
  sleep_with_series: {
    path: "sleep",
    scope: "daily",
    asks: "days",
    wornAt: "night",
    schema: schemas.sleepPeriodWithSeries,
  },
  sleep_ring: { path: "sleep", scope: "daily", asks: "days", schema: schemas.sleepRing },
  daily_activity_with_series: {
    path: "daily_activity",
    scope: "daily",
    asks: "days",
    wornAt: "day",
    schema: schemas.dailyActivityWithSeries,
  },
  workout: { scope: "workout", asks: "days", schema: schemas.workout },
  workout_details: { path: "workout", scope: "workout", asks: "days", schema: schemas.workoutDetails },
  session: { scope: "session", asks: "days", schema: schemas.session },
  enhanced_tag: { scope: "tag", asks: "spans", schema: schemas.enhancedTag },
  enhanced_tag_details: { path: "enhanced_tag", scope: "tag", asks: "spans", schema: schemas.enhancedTagDetails },
  tag: { scope: "tag", asks: "days", schema: schemas.oldTag },
  rest_mode_period: { scope: "daily", asks: "spans", schema: schemas.restModePeriod },
  heartrate: { scope: "heartrate", asks: "times", schema: schemas.heartRate },
  ring_configuration: { scope: "ring_configuration", asks: "all", schema: schemas.ringConfiguration },
  ring_battery_level: { scope: "ring_configuration", asks: "latest", schema: schemas.ringBatteryLevel },
  personal_info: { scope: "personal", asks: "single", schema: schemas.personalInfo },
} as const satisfies Record<string, OuraRoute>;

interface OuraRoute {
  path?: string;
  scope: ScopeName;
  /** A scope that the assistant needs in addition to the scope that Oura requires. */
  alsoNeeds?: ScopeName;
  wornAt?: "night" | "day" | "weeks";
  needsThirdGeneration?: true;
  asks: "days" | "spans" | "times" | "latest" | "all" | "single";
  schema: z.ZodObject;
}

export type OuraRouteName = keyof typeof ouraRoutes;
export const ouraRouteNames = Object.keys(ouraRoutes) as OuraRouteName[]; // Object.keys loses the type of the keys
type RouteAsking<Kind extends OuraRoute["asks"]> = {
  [Name in OuraRouteName]: (typeof ouraRoutes)[Name]["asks"] extends Kind ? Name : never;
}[OuraRouteName];
export type DayRouteName = RouteAsking<"days">;
export type SpanRouteName = RouteAsking<"spans">;
export type OuraDocument<Name extends OuraRouteName> = z.output<(typeof ouraRoutes)[Name]["schema"]>;

/** The `fields` parameter of a request: exactly the keys of the route's schema, so that Oura sends no other field. */
export function projection(name: OuraRouteName): string {
  return Object.keys(ouraRoutes[name].schema.shape).join(",");
}

export function pathOf(name: OuraRouteName): string {
  const route: OuraRoute = ouraRoutes[name];
  return route.path ?? name;
}

/** The scopes that an assistant must have to get documents of a route. */
export type ScopeOfRoute<Name extends OuraRouteName> = Name extends OuraRouteName
  ? (typeof ouraRoutes)[Name] extends { alsoNeeds: infer More }
    ? (typeof ouraRoutes)[Name]["scope"] | More
    : (typeof ouraRoutes)[Name]["scope"]
  : never;

/** The routes that need no other scopes than the given ones. */
export type RouteWithin<Scope extends ScopeName> = {
  [Name in OuraRouteName]: [ScopeOfRoute<Name>] extends [Scope] ? Name : never;
}[OuraRouteName];

export function scopesOfRoute<Name extends OuraRouteName>(name: Name): ScopeOfRoute<Name>[] {
  const { scope, alsoNeeds }: OuraRoute = ouraRoutes[name];
  return (alsoNeeds ? [alsoNeeds, scope] : [scope]) as ScopeOfRoute<Name>[]; // the type is computed from the same entry
}

/** The first of the routes that Oura answers only with this scope. A request to it shows whether a token has the scope. */
export function firstRouteOf(scope: ScopeName): OuraRouteName {
  const route = ouraRouteNames.find((name) => ouraScopeOf(name) === scope);
  if (route === undefined) throw new Error(`No route needs the scope ${scope}`);
  return route;
}

/** The scope that Oura itself requires for a route. */
export function ouraScopeOf(name: OuraRouteName): ScopeName {
  return ouraRoutes[name].scope;
}

/**
 * When the ring must be worn so that Oura can create the documents of a route: at night, by day, or over weeks. Null
 * for a route whose documents do not depend on wearing the ring, such as tags.
 */
export function wornAt(name: OuraRouteName): "night" | "day" | "weeks" | null {
  const route: OuraRoute = ouraRoutes[name];
  return route.wornAt ?? null;
}

export function needsThirdGeneration(name: OuraRouteName): boolean {
  const route: OuraRoute = ouraRoutes[name];
  return route.needsThirdGeneration === true;
}

import type { z } from "zod";
import * as schemas from "./schemas.ts";
import type { ScopeName } from "./scopes.ts";

/**
 * Every Oura route Ringbridge reads: the scope Oura demands for it, how it is asked (`days`: a date range; `latest`:
 * only the newest row; `all`: no range; `single`: one bare object) and what is read of it.
 */
export const ouraRoutes = {
  daily_sleep: { scope: "daily", asks: "days", schema: schemas.dailySleep },
  sleep: { scope: "daily", asks: "days", schema: schemas.sleepPeriod },
  daily_readiness: { scope: "daily", asks: "days", schema: schemas.dailyReadiness },
  daily_activity: { scope: "daily", asks: "days", schema: schemas.dailyActivity },
  // Oura asks `daily` for daily_stress although `stress` names it; resilience is what `stress` unlocks there.
  daily_stress: { scope: "daily", asks: "days", schema: schemas.dailyStress },
  daily_spo2: { scope: "spo2", asks: "days", schema: schemas.dailySpo2 },
  daily_resilience: { scope: "stress", asks: "days", schema: schemas.dailyResilience },
  daily_cardiovascular_age: { scope: "heart_health", asks: "days", schema: schemas.dailyCardiovascularAge },
  vO2_max: { scope: "heart_health", asks: "days", schema: schemas.vo2Max },
  sleep_time: { scope: "daily", asks: "days", schema: schemas.sleepTime },
  ring_configuration: { scope: "ring_configuration", asks: "all", schema: schemas.ringConfiguration },
  ring_battery_level: { scope: "ring_configuration", asks: "latest", schema: schemas.ringBatteryLevel },
  personal_info: { scope: "personal", asks: "single", schema: schemas.personalInfo },
} as const satisfies Record<string, OuraRoute>;

interface OuraRoute {
  scope: ScopeName;
  asks: "days" | "latest" | "all" | "single";
  schema: z.ZodObject;
}

export type OuraRouteName = keyof typeof ouraRoutes;
export type DayRouteName = {
  [Name in OuraRouteName]: (typeof ouraRoutes)[Name]["asks"] extends "days" ? Name : never;
}[OuraRouteName];
export type OuraDocument<Name extends OuraRouteName> = z.output<(typeof ouraRoutes)[Name]["schema"]>;

/** The `fields` parameter of a route: exactly what its schema reads. */
export function projection(name: OuraRouteName): string {
  return Object.keys(ouraRoutes[name].schema.shape).join(",");
}

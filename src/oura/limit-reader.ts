import type { DayRange } from "../analytics/day.ts";
import type { OuraReader } from "./reader.ts";
import { type OuraDocument, type OuraRouteName, scopesOfRoute } from "./routes.ts";
import type { ScopeName } from "./scopes.ts";

/**
 * Some requests read a route with their own code. For each of these routes, this type gives the part of the reader that
 * reads the route.
 */
export interface RouteReaders {
  sleep_ring: { readDays(name: "sleep_ring", range: DayRange): Promise<OuraDocument<"sleep_ring">[]> };
  heartrate: Pick<OuraReader, "readHeartRate" | "oddRecords">;
  ring_configuration: Pick<OuraReader, "readRings">;
  ring_battery_level: Pick<OuraReader, "readBatteries" | "readBatteryHistory">;
  personal_info: Pick<OuraReader, "readProfile">;
}

/**
 * Returns a reader that refuses every route whose scopes (permissions) go beyond the scopes of the given route. If code
 * reads such a route, the code is wrong, so the reader throws an error and sends no request. Other routes that need the
 * same scopes can be read, because some documents can only be interpreted together with documents of another route.
 */
export function limitReader(reader: OuraReader, route: OuraRouteName): OuraReader {
  const allowed: readonly ScopeName[] = scopesOfRoute(route);
  function within<Given extends readonly unknown[], Value>(
    name: OuraRouteName,
    read: (...given: Given) => Promise<Value>,
  ): (...given: Given) => Promise<Value> {
    const isAllowed = scopesOfRoute(name).every((scope) => allowed.includes(scope));
    return isAllowed ? read : () => Promise.reject(new Error(`a request for ${route} reads ${name}`));
  }
  return {
    readDays: (name, range) => within(name, () => reader.readDays(name, range))(),
    readSpans: (name, range) => within(name, () => reader.readSpans(name, range))(),
    readHeartRate: within("heartrate", reader.readHeartRate),
    readRings: within("ring_configuration", reader.readRings),
    readBatteries: within("ring_battery_level", reader.readBatteries),
    readBatteryHistory: within("ring_battery_level", reader.readBatteryHistory),
    readProfile: within("personal_info", reader.readProfile),
    oddRecords: reader.oddRecords,
  };
}

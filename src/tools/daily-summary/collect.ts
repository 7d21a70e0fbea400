import type { DayRange, IsoDay } from "../../analytics/day.ts";
import { AppError, type Failure, orFailure } from "../../errors.ts";
import { findMainNight } from "../../oura/main-night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { ToolContext } from "../legacy.ts";
import type { DayDocuments, SummaryRouteName } from "./sections.ts";

/** What Oura answered, by route: documents from two days before the range to two days after, or why there are none. */
export interface Collected {
  documents: { [Name in SummaryRouteName]?: OuraDocument<Name>[] };
  failures: ReadonlyMap<SummaryRouteName, Failure>;
}

/** Reads all routes at once; a route that fails leaves its failure behind, and all failing alike fails the call. */
export async function collectDays(
  context: ToolContext,
  routes: readonly SummaryRouteName[],
  range: DayRange,
): Promise<Collected> {
  const documents: Collected["documents"] = {};
  const failures = new Map<SummaryRouteName, Failure>();

  async function read<Name extends SummaryRouteName>(name: Name): Promise<void> {
    const read = await orFailure(context.reader.readDays(name, range));
    if (read instanceof AppError) failures.set(name, read.failure);
    else Object.assign(documents, { [name]: read });
  }

  await Promise.all(routes.map(read));
  const [first] = failures.values();
  if (first && failures.size === routes.length) throw new AppError(first);
  return { documents, failures };
}

/** A look-up of one day's documents. When Oura holds two of a kind for a day, the later one is the corrected one. */
export function indexByDay({ documents }: Collected): (day: IsoDay) => DayDocuments {
  const nights = Map.groupBy(documents.sleep ?? [], (period) => period.day);
  const newest = <Document extends { day: IsoDay }>(list: readonly Document[] | undefined) =>
    new Map((list ?? []).map((document) => [document.day, document]));
  const index = {
    daily_sleep: newest(documents.daily_sleep),
    daily_readiness: newest(documents.daily_readiness),
    daily_activity: newest(documents.daily_activity),
    daily_stress: newest(documents.daily_stress),
    daily_spo2: newest(documents.daily_spo2),
    daily_resilience: newest(documents.daily_resilience),
    daily_cardiovascular_age: newest(documents.daily_cardiovascular_age),
    vO2_max: newest(documents.vO2_max),
    sleep_time: newest(documents.sleep_time),
  };
  return (day) => ({
    daily_sleep: index.daily_sleep.get(day) ?? null,
    sleep: findMainNight(nights.get(day) ?? []),
    daily_readiness: index.daily_readiness.get(day) ?? null,
    daily_activity: index.daily_activity.get(day) ?? null,
    daily_stress: index.daily_stress.get(day) ?? null,
    daily_spo2: index.daily_spo2.get(day) ?? null,
    daily_resilience: index.daily_resilience.get(day) ?? null,
    daily_cardiovascular_age: index.daily_cardiovascular_age.get(day) ?? null,
    vO2_max: index.vO2_max.get(day) ?? null,
    sleep_time: index.sleep_time.get(day) ?? null,
  });
}

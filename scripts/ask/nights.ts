import { clockOf, numberOf, textOf } from "../evaluate-answers/read-documents.ts";
import type { Document, PersonDocuments } from "./question.ts";

/**
 * A night as docs/analytics.md describes it. This code shares nothing with the product, so that a mistake in the
 * product shows.
 */
export interface Night {
  day: string;
  /** Timestamps with the offset of where the wearer was. */
  start: string;
  end: string;
  hoursAsleep: number;
  minutesDeep: number;
  minutesRem: number;
  minutesAwake: number;
  /** Null when no part of the night has a plausible value. */
  lowestHeartRate: number | null;
  hrv: number | null;
}

const hour = 3_600_000;

/** The nights that belong to the days from `first` to `last`, oldest first. */
export async function nightsOf(documents: PersonDocuments, first: string, last: string): Promise<Night[]> {
  const [sleep, scores] = await Promise.all([
    documents.days("sleep", first, last),
    documents.days("daily_sleep", first, last),
  ]);
  const scored = new Set(scores.filter(({ score }) => score !== null).map((document) => textOf(document, "day")));
  const nights: Night[] = [];
  for (const [day, periods] of Map.groupBy(sleep, (period) => textOf(period, "day"))) {
    const parts = partsOfNight(periods, scored.has(day));
    if (parts.length > 0) nights.push(joinParts(day, parts));
  }
  return nights.toSorted((one, other) => one.day.localeCompare(other.day));
}

/** The long sleeps with less than three hours between them; else the longest short sleep that ends before noon. */
function partsOfNight(periods: readonly Document[], isScored: boolean): Document[] {
  const groups: Document[][] = [];
  for (const part of periods.filter(({ type }) => type === "long_sleep").toSorted(byStart)) {
    const before = groups.at(-1)?.at(-1);
    if (before && startOf(part) - endOf(before) < 3 * hour) groups.at(-1)?.push(part);
    else groups.push([part]);
  }
  if (groups.length === 0 && isScored)
    for (const part of periods)
      if (part.type === "sleep" && clockOf(textOf(part, "bedtime_end")) < "12:00") groups.push([part]);
  return groups.toSorted((one, other) => asleep(other) - asleep(one))[0] ?? [];
}

function joinParts(day: string, parts: readonly Document[]): Night {
  const minutes = (field: string) => parts.reduce((sum, part) => sum + numberOf(part, field), 0) / 60;
  const lowest = parts.map(({ lowest_heart_rate: bpm }) => bpm).filter((bpm) => typeof bpm === "number" && bpm < 220);
  const withHrv = parts.filter(({ average_hrv: hrv }) => typeof hrv === "number" && hrv > 0);
  return {
    day,
    start: textOf(parts[0], "bedtime_start"),
    end: textOf(parts.at(-1), "bedtime_end"),
    hoursAsleep: asleep(parts) / 3_600,
    minutesDeep: minutes("deep_sleep_duration"),
    minutesRem: minutes("rem_sleep_duration"),
    minutesAwake: minutes("awake_time"),
    lowestHeartRate: lowest.length === 0 ? null : Math.min(...lowest.map(Number)),
    hrv:
      withHrv.length === 0
        ? null
        : withHrv.reduce((sum, part) => sum + numberOf(part, "average_hrv") * asleep([part]), 0) / asleep(withHrv),
  };
}

function asleep(parts: readonly Document[]): number {
  return parts.reduce((sum, part) => sum + numberOf(part, "total_sleep_duration"), 0);
}

function startOf(part: Document): number {
  return Date.parse(textOf(part, "bedtime_start"));
}

function endOf(part: Document): number {
  return Date.parse(textOf(part, "bedtime_end"));
}

function byStart(one: Document, other: Document): number {
  return startOf(one) - startOf(other);
}

import { DAY, type Instant } from "../people/calendar.ts";
import { heartRateRowsOn } from "../people/heart-rate-rows.ts";
import type { Life } from "../people/life.ts";
import type { OuraDocument } from "../people/placed.ts";
import { batteryRows } from "../people/ring-battery.ts";
import { utcRow } from "../people/ring-documents.ts";
import type { Window } from "./parameters.ts";
import type { SeriesRoute } from "./routes.ts";

const PAGE_ROWS = 1_000;
/** How far back `latest` looks for a sample. */
const LATEST_DAYS = 30;

export interface SeriesPage {
  rows: OuraDocument[];
  /** Where the next page starts, or `null` on the last one. */
  next: Instant | null;
}

export function seriesPage(route: SeriesRoute, life: Life, window: Window, limit = PAGE_ROWS): SeriesPage {
  const page: { at: Instant; row: OuraDocument }[] = [];
  for (const entry of rowsBetween(route, life, window)) {
    // Two sources may share a timestamp. A page must not end between them, or the next page would repeat or skip a row.
    if (page.length >= limit && entry.at !== page.at(-1)?.at) {
      return { rows: page.map(({ row }) => row), next: entry.at };
    }
    page.push(entry);
  }
  return { rows: page.map(({ row }) => row), next: null };
}

export function latestRow(route: SeriesRoute, life: Life, end: Instant): OuraDocument | null {
  for (let back = 0; back < LATEST_DAYS; back++) {
    const window: Window = { kind: "window", start: end - (back + 1) * DAY, end: end - back * DAY };
    const last = [...rowsBetween(route, life, window)].at(-1);
    if (last) return last.row;
  }
  return null;
}

function* rowsBetween(
  route: SeriesRoute,
  life: Life,
  { start, end }: Window,
): Generator<{ at: Instant; row: OuraDocument }> {
  const { timeline, calendar, person } = life;
  const first = Math.max(timeline.firstDay, calendar.dayAt(person.zone, start) - 1);
  const last = calendar.dayAt(person.zone, end) + 1;
  for (let day = first; day <= last; day++) {
    if (route === "heartrate") {
      for (const { at, bpm, source } of heartRateRowsOn(life, day)) {
        if (at >= start && at <= end) yield { at, row: { ...utcRow(at), bpm, source } };
      }
      continue;
    }
    const from = calendar.instantAt(person.zone, day, 0);
    const to = calendar.instantAt(person.zone, day + 1, 0) - 1;
    for (const { at, level, charging, inCharger } of batteryRows(life, Math.max(from, start), Math.min(to, end))) {
      yield { at, row: { ...utcRow(at), charging, in_charger: inCharger, level } };
    }
  }
}

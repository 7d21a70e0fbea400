import { type DayNumber, type Instant, isoDay } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import type { Placed } from "./placed.ts";
import { restModeOn } from "./restless/rest-modes.ts";

/** A period switched on by mistake and off again at once; Oura keeps such periods. */
const MISTAKE_DAYS_AGO = 203;
const NOON = 12 * 60;

/** `rest_mode_period`: one during the illness, and one that ended on the day it began. */
export function restModeDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  if (life.person.restless) {
    const rest = restModeOn(life, day);
    if (rest === null || rest.first !== day) return [];
    return [period(life, day, rest.last, horizon, false)].filter((p) => p.anchor <= horizon);
  }
  const { illness, anchorDay } = life.timeline;
  if (illness === null) return [];
  if (day === illness.first + 1)
    return [period(life, day, illness.last, horizon, true)].filter((p) => p.anchor <= horizon);
  if (day === anchorDay - MISTAKE_DAYS_AGO) return [period(life, day, day, horizon, false)];
  return [];
}

function period(life: Life, first: DayNumber, last: DayNumber, horizon: Instant, sick: boolean): Placed {
  const at = (day: DayNumber): Instant => life.calendar.instantAt(life.zoneOn(day), day, NOON);
  const stamp = (day: DayNumber): string => life.calendar.stamp(life.zoneOn(day), at(day));
  const over = at(last) <= horizon;
  const document = {
    id: documentId(life.seed, "rest_mode_period", first, 0),
    end_day: over ? isoDay(last) : null,
    end_time: over ? stamp(last) : null,
    episodes: sick ? [{ tags: ["tag_generic_sick"], timestamp: stamp(first) }] : [],
    start_day: isoDay(first),
    start_time: stamp(first),
  };
  return { anchor: at(first), document };
}

import { type DayNumber, type Instant, isoDay } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import { dayAnchor, type Placed } from "./placed.ts";
import { type Random, randomFor, wander } from "./random.ts";
import { syncedNight } from "./sleep-sync.ts";
import { FORMING_DAYS } from "./stress-documents.ts";

/** `sleep_time`: bedtime advice, often empty. Offsets are seconds from midnight, negative before it. */
export function sleepTimeDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  if (!syncedNight(life, day, horizon)) return [];
  const random = randomFor(life.seed, "sleep-time", day);
  const formed = day - life.timeline.firstDay >= FORMING_DAYS;
  const found = formed && random.chance(0.55);
  const document = {
    id: documentId(life.seed, "sleep_time", day, 0),
    day: isoDay(day),
    optimal_bedtime: found ? bedtimeWindow(life, day) : null,
    recommendation: found && random.chance(0.8) ? recommendation(random) : null,
    status: !formed ? "not_enough_nights" : found ? "optimal_found" : "only_recommended_found",
  };
  return [{ anchor: dayAnchor(day), document }];
}

function bedtimeWindow(life: Life, day: DayNumber) {
  const midnight = life.calendar.instantAt(life.zoneOn(day), day, 0);
  const quarters = Math.round(2 * wander(day, 30, life.seed, "bedtime"));
  const start = (life.person.body.bedtimeMinutes - 1_440) * 60 + quarters * 900;
  return {
    day_tz: life.calendar.offsetMinutes(life.zoneOn(day), midnight) * 60,
    end_offset: start + 2_700,
    start_offset: start,
  };
}

function recommendation(random: Random) {
  return random.pick([
    "follow_optimal_bedtime",
    "follow_optimal_bedtime",
    "earlier_bedtime",
    "later_wake_up_time",
    "improve_efficiency",
  ]);
}

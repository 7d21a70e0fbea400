import { type DayNumber, type Instant, isoDay } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import { physiologyOn } from "./physiology.ts";
import { dayAnchor, dayStamp, type Placed } from "./placed.ts";
import { randomFor, wander } from "./random.ts";
import { syncedNight } from "./sleep-sync.ts";
import { FORMING_DAYS } from "./stress-documents.ts";

const VO2_MAX_EVERY_DAYS = 41;

/** `daily_spo2`: a night whose measurement failed has 0.0 or null. */
export function dailySpo2Documents(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  if (!life.person.sensesDaytime || !syncedNight(life, day, horizon)) return [];
  const random = randomFor(life.seed, "spo2", day);
  const luck = random.uniform();
  const average = Number(Math.min(99.5, physiologyOn(life, day).spo2 + random.between(-0.0005, 0.0005)).toFixed(3));
  const measured = luck > 0.035;
  const document = {
    id: documentId(life.seed, "daily_spo2", day, 0),
    breathing_disturbance_index: measured ? Math.min(26, 1 + Math.floor(Math.exp(0.9 + 0.7 * random.normal()))) : null,
    day: isoDay(day),
    spo2_percentage: measured ? { average } : luck > 0.018 ? { average: 0 } : null,
  };
  return [{ anchor: dayAnchor(day), document }];
}

/** `daily_cardiovascular_age`: whole years, noisy from day to day. */
export function cardiovascularAgeDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  const formed = day - life.timeline.firstDay >= FORMING_DAYS;
  if (!life.person.sensesDaytime || !formed || !syncedNight(life, day, horizon)) return [];
  const random = randomFor(life.seed, "cardiovascular-age", day);
  const years = life.person.body.age - 2 + 3 * wander(day, 40, life.seed, "vessels") + 1.5 * random.normal();
  const unknown = random.chance(0.04);
  const document = {
    id: documentId(life.seed, "daily_cardiovascular_age", day, 0),
    day: isoDay(day),
    pulse_wave_velocity: unknown ? null : Number((5.1 + 0.045 * years).toFixed(3)),
    vascular_age: unknown ? null : Math.round(Math.min(100, Math.max(18, years))),
  };
  return [{ anchor: dayAnchor(day), document }];
}

/** `vO2_max`: sparse, weeks apart. */
export function vo2MaxDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  const formed = day - life.timeline.firstDay >= FORMING_DAYS;
  const due = day % VO2_MAX_EVERY_DAYS === 7;
  if (!life.person.sensesDaytime || !formed || !due || horizon < life.calendar.instantAt(life.zoneOn(day), day, 720)) {
    return [];
  }
  const document = {
    id: documentId(life.seed, "vO2_max", day, 0),
    day: isoDay(day),
    timestamp: dayStamp(life, day),
    vo2_max: Math.round(44 - 0.15 * (life.person.body.age - 30) + 2 * wander(day, 60, life.seed, "fitness")),
  };
  return [{ anchor: dayAnchor(day), document }];
}

import { type Instant, isoDay } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import type { Ring } from "./person.ts";
import type { OuraDocument } from "./placed.ts";

/** `ring_configuration`: every ring the account ever had, including old ones. */
export function ringDocuments(life: Life): OuraDocument[] {
  return life.person.rings.map((ring, index) => ({
    id: documentId(life.seed, "ring_configuration", 0, index),
    color: ring.color,
    design: ring.design,
    firmware_version: ring.firmware,
    hardware_type: ring.hardware,
    set_up_at: setUpAt(life, ring),
    size: ring.size,
  }));
}

function setUpAt(life: Life, { setUpDaysAgo }: Ring): string | null {
  if (setUpDaysAgo === null) return null;
  return `${isoDay(setUpDaysAgo === "1970" ? 0 : life.timeline.anchorDay - setUpDaysAgo)}T00:00:00.000+00:00`;
}

/** `personal_info` with every permission; the profile never changes with time. */
export function personalInfo(life: Life): OuraDocument {
  const { body, email } = life.person;
  return {
    id: life.userId,
    age: body.age,
    weight: body.weightKg,
    height: body.heightM,
    biological_sex: body.sex,
    email,
  };
}

/** One row of `ring_battery_level` or `heartrate`. */
export function utcRow(at: Instant): { timestamp: string; timestamp_unix: number } {
  return { timestamp: new Date(at).toISOString(), timestamp_unix: at };
}

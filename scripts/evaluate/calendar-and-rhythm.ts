import { randomFor } from "../../sandbox/people/random.ts";
import { testMonths } from "../../src/analytics/month-test.ts";
import { findTemperatureRhythm } from "../../src/analytics/temperature-rhythm.ts";
import { testWeekdays } from "../../src/analytics/weekday-test.ts";
import { metrics } from "../../src/oura/metrics.ts";
import { type Course, generateCourse } from "./wandering-course.ts";

const firstDay = 20_000;
const significance = 0.05;

function measuredDays(name: string, days: number, course: Course): { day: number; value: number }[] {
  const random = randomFor(`${name} missing`);
  return generateCourse(name, days, course).flatMap((own, index) =>
    random.chance(0.1) ? [] : [{ day: firstDay + index, value: 55 + 2.3 * own }],
  );
}

/** The shares of people without weekday effects of whom weekends, and any weekday, are called different. */
export function falseWeekdays(seed: string, people: number, days: number, course: Course) {
  let weekends = 0;
  let weekdays = 0;
  for (let index = 0; index < people; index++) {
    const test = testWeekdays(
      measuredDays(`${seed} weekdays ${JSON.stringify(course)} ${days} ${index}`, days, course),
    );
    if (test.weekend.p !== null && test.weekend.p < significance) weekends += 1;
    if (test.weekdays.some(({ pCorrected }) => pCorrected !== null && pCorrected < significance)) weekdays += 1;
  }
  return { weekends: weekends / people, weekdays: weekdays / people };
}

/** The share of people of whom any month is called different from the rest of a year of wandering days. */
export function falseMonths(seed: string, people: number, course: Course): number {
  const { prior, sdFloor } = metrics.resting_heart_rate.model;
  let different = 0;
  for (let index = 0; index < people; index++) {
    const days = measuredDays(`${seed} months ${JSON.stringify(course)} ${index}`, 360, course);
    if (testMonths(days, prior, sdFloor).some(({ pCorrected }) => pCorrected < significance)) different += 1;
  }
  return different / people;
}

export interface RhythmCase {
  days: number;
  /** °C, of a night. */
  sd: number;
  /** °C, drawn between these for each person; null for people without a rhythm. */
  rise: readonly [number, number] | null;
  phi?: number;
}

/**
 * The share of people in whose temperature a monthly rhythm is found: cycles of 25 to 32 nights, two late dinners a month, a
 * tenth of the nights missing.
 */
export function foundRhythms(seed: string, people: number, { days, sd, rise, phi = 0.3 }: RhythmCase): number {
  let found = 0;
  for (let index = 0; index < people; index++) {
    const name = `${seed} rhythm ${days} ${sd} ${rise?.join()} ${phi} ${index}`;
    const random = randomFor(name);
    const length = random.integer(25, 32);
    const phase = random.integer(0, length - 1);
    const size = rise === null ? 0 : random.between(...rise);
    const noise = generateCourse(`${name} nights`, days, { phi, wander: 0.1, hasHeavyTails: true });
    const values = noise.map((own, night) => {
      if (random.chance(0.1)) return null;
      const cycle = (night + phase) % length >= length - 13 ? size : 0;
      const lateDinner = random.chance(2 / 30) ? 0.1 : 0;
      return Math.round(100 * (sd * own + cycle + lateDinner)) / 100;
    });
    if (findTemperatureRhythm({ firstDay, values }).isMonthly) found += 1;
  }
  return found / people;
}

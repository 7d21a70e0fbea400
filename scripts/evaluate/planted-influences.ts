import { isoDay } from "../../src/analytics/day.ts";
import { findInfluences } from "../../src/analytics/influences/influences.ts";
import { metrics } from "../../src/oura/metrics.ts";
import { firstDay, generateHabits, type Planting } from "./habits.ts";

export interface InfluenceScore {
  /** Of planted effects, the share with enough exposed nights: the others are neither promised nor counted below. */
  exposed: number;
  /** Of planted effects with enough exposed nights, the share found with the right sign. */
  found: number;
  /** Of planted effects, and of those found, the share whose interval holds the true size. */
  covered: number;
  coveredOfFound: number;
  /** Mean size of what was found, as a share of the true one. Above 1: what chance made larger is found more easily. */
  sizeOfFound: number;
  /** Mean over the people of false findings as a share of all findings; 0 where nothing is found. */
  falseDiscoveryRate: number;
  /** False findings of all people as a share of all findings; not what q bounds, and all of them where nothing is planted. */
  pooledFalseShare: number;
  falseFindings: number;
}

/** Measured nights after the habit, from which an effect is promised to be found. */
export const leastExposedNights = 30;

export function scoreInfluences(seed: string, planting: Planting & { people: number }): InfluenceScore {
  const { people, days } = planting;
  const range = { start: isoDay(firstDay), end: isoDay(firstDay + days - 1) };
  const { model } = metrics.resting_heart_rate;
  const effects: { isExposed: boolean; isFound: boolean; isCovered: boolean; size: number }[] = [];
  const persons: { findings: number; falseFindings: number }[] = [];
  for (let index = 0; index < people; index++) {
    const person = generateHabits(`${seed} influences ${index}`, planting);
    const outcome = { metric: "resting_heart_rate", model, series: person.nights };
    const { comparisons } = findInfluences([outcome], person.factors, range);
    const findings = comparisons.filter(({ isFound }) => isFound);
    const isTrue = ({ factor, estimate }: (typeof comparisons)[number]) =>
      (person.effects.get(factor) ?? 0) * estimate.difference > 0;
    persons.push({
      findings: findings.length,
      falseFindings: findings.filter((comparison) => !isTrue(comparison)).length,
    });
    for (const comparison of comparisons) {
      const effect = person.effects.get(comparison.factor);
      if (effect === undefined) continue;
      const { nWith, low, high, difference } = comparison.estimate;
      effects.push({
        isExposed: nWith >= leastExposedNights,
        isFound: comparison.isFound && isTrue(comparison),
        isCovered: low <= effect && high >= effect,
        size: difference / effect,
      });
    }
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [exposed, found] = [effects.filter(({ isExposed }) => isExposed), effects.filter(({ isFound }) => isFound)];
  const falseFindings = sum(persons.map((person) => person.falseFindings));
  return {
    exposed: exposed.length / effects.length,
    found: exposed.filter(({ isFound }) => isFound).length / exposed.length,
    covered: effects.filter(({ isCovered }) => isCovered).length / effects.length,
    coveredOfFound: found.filter(({ isCovered }) => isCovered).length / found.length,
    sizeOfFound: sum(found.map(({ size }) => size)) / found.length,
    falseDiscoveryRate: sum(persons.map((person) => person.falseFindings / Math.max(1, person.findings))) / people,
    pooledFalseShare: falseFindings / Math.max(1, sum(persons.map(({ findings }) => findings))),
    falseFindings: falseFindings / people,
  };
}

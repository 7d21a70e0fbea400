import { randomFor } from "../sandbox/people/random.ts";
import { metricIds } from "../src/oura/metrics.ts";
import { comparisonCover } from "./evaluate/comparison-cover.ts";
import type { Planting } from "./evaluate/habits.ts";
import { alarmsOfCommonWay, alarmsTogether, unscoredDays } from "./evaluate/illness-methods.ts";
import { type Alarms, type Outcome, scoreCases } from "./evaluate/illness-score.ts";
import { falseTrendShare, flagRatio } from "./evaluate/noise.ts";
import { leastExposedNights, scoreInfluences } from "./evaluate/planted-influences.ts";
import { generatePerson } from "./evaluate/synthetic-person.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run evaluate [-- --seed WORD --people N]`: how often the analytics are right and how often they raise false
 * alarms, on people no threshold was chosen on. The default seed was never used while building.
 */
const { seed, people } = readOptions({
  name: "npm run evaluate",
  options: {
    seed: { type: "text", value: "WORD", default: "unseen people" },
    people: { type: "whole number", from: 1, default: 2_000 },
  },
}).values;

/** Five scored months. */
const days = unscoredDays + 150;

const methods = ["low", "medium", "high", "common"] as const;

function evaluateIllness(title: string, place: (random: ReturnType<typeof randomFor>) => number[]): void {
  const cases = { low: [], medium: [], high: [], common: [] } as Record<
    (typeof methods)[number],
    Parameters<typeof scoreCases>[0][number][]
  >;
  for (let index = 0; index < people; index++) {
    const name = `${seed} ${title} ${index}`;
    const person = generatePerson(name, days, place(randomFor(`${name} onset`)));
    const onset = person.onsets.at(-1) ?? 0;
    const scored = {
      onset,
      onsets: person.onsets,
      first: person.firstDay + unscoredDays,
      last: person.firstDay + days - 1,
    };
    const alarms: Record<(typeof methods)[number], Alarms> = {
      ...alarmsTogether(person),
      common: alarmsOfCommonWay(person),
    };
    for (const method of methods) cases[method].push({ ...scored, alarms: alarms[method] });
  }
  console.log(`\n${title} (${people} people, ${days - unscoredDays} scored days each)`);
  console.log("method                    recall   delay   alert episodes per person and month");
  console.log("                                  nights   outside illness            all");
  for (const method of methods) console.log(row(method, scoreCases(cases[method])));
}

function row(method: (typeof methods)[number], outcome: Outcome): string {
  const name = method === "common" ? "common: 30 days, |z| ≥ 2" : `together, ${method}`;
  const figures = [outcome.recall, outcome.meanDelay, outcome.falseEpisodesPerMonth, outcome.episodesPerMonth];
  return name.padEnd(26) + figures.map((figure, i) => figure.toFixed(2).padStart([6, 8, 18, 15][i] ?? 8)).join("");
}

const started = performance.now();
evaluateIllness("One illness", (random) => [random.integer(unscoredDays + 10, days - 15)]);
evaluateIllness("A second illness 14 to 30 days after a first", (random) => {
  const second = random.integer(unscoredDays + 40, days - 15);
  return [second - random.integer(14, 30), second];
});

const phis = [0, 0.3, 0.5];
console.log(
  "\nFlags per metric on Gaussian noise, divided by the number that answers give as expected by chance (medium; 1 is exact)",
);
console.log(`metric                  ${phis.map((phi) => `φ = ${phi}`.padStart(8)).join("")}`);
for (const id of metricIds) {
  const ratios = phis.map((phi) => flagRatio(id, phi, "medium", 100, seed));
  console.log(id.padEnd(24) + ratios.map((ratio) => ratio.toFixed(2).padStart(8)).join(""));
}

const trendPhis = [0, 0.3, 0.5, 0.7];
console.log("\nShare of series without a trend that are called rising or falling");
console.log(`days                    ${trendPhis.map((phi) => `φ = ${phi}`.padStart(8)).join("")}`);
for (const n of [14, 30, 60, 90]) {
  const shares = trendPhis.map((phi) => falseTrendShare(n, phi, n > 30 ? 4000 : 20_000, seed));
  console.log(String(n).padEnd(24) + shares.map((share) => `${(100 * share).toFixed(1)} %`.padStart(8)).join(""));
}
console.log("\nShare of comparisons of equal periods whose 95 % interval contains 0 (resting heart rate; steps)");
console.log(`days each               ${phis.map((phi) => `φ = ${phi}`.padStart(18)).join("")}`);
for (const n of [7, 14, 28, 60]) {
  const shares = phis.map((phi) =>
    (["resting_heart_rate", "steps"] as const)
      .map((id) => sayShare(comparisonCover(id, n, phi, 4000, seed)))
      .join("  "),
  );
  console.log(String(n).padEnd(24) + shares.map((share) => share.padStart(18)).join(""));
}

const two = { days: 120, planted: 2, idle: 18, effectSds: 0.8, phi: 0.5 } satisfies Planting;
const none = { days: 120, planted: 0, idle: 20, effectSds: 0, phi: 0.5 } satisfies Planting;
const plantings: readonly [string, Planting][] = [
  ["2 of .8 SD, φ = 0", { ...two, phi: 0 }],
  ["2 of .8 SD, φ = .3", { ...two, phi: 0.3 }],
  ["2 of .8 SD, φ = .5", two],
  ["1 of .8 SD, φ = 0", { ...two, planted: 1, idle: 19, phi: 0 }],
  ["1 of .8 SD, φ = .5", { ...two, planted: 1, idle: 19 }],
  ["5 of .8 SD, φ = 0", { ...two, planted: 5, idle: 15, phi: 0 }],
  ["2 of .5 SD, φ = .5", { ...two, effectSds: 0.5 }],
  ["2 of .5 SD, φ = .5, 365 days", { ...two, effectSds: 0.5, days: 365 }],
  ["2 of .8 SD, habits in runs", { ...two, habitPhi: 0.7 }],
  ["2 of .8 SD, 4 correlated", { ...two, along: 4 }],
  ["2 of .8 SD, bad night → habit", { ...two, follows: 0.5 }],
  ["2 of .8 SD, ill, heavy tails", { ...two, phi: 0.3, tails: "wild" }],
  ["none, φ = 0", { ...none, phi: 0 }],
  ["none, φ = .5", none],
  ["none, φ = .7", { ...none, phi: 0.7 }],
  ["none, bad night → habit", { ...none, follows: 0.5 }],
];
const habitPeople = Math.ceil(people / 2);
console.log(
  `\nInfluences planted in ${habitPeople} people: 20 tests and 120 days unless the row says otherwise (found: with the right sign, in the night after)`,
);
/** Two lines of heading and the width of each column. */
const influenceColumns = [
  [`≥ ${leastExposedNights} nights`, "after it", 15],
  ["of those", "found", 12],
  ["interval has", "true size", 17],
  ["same,", "found", 8],
  ["size of", "found", 9],
  ["false share", "per person", 13],
  ["over all", "people", 10],
  ["false findings", "per person", 16],
] as const;
console.log("planted".padEnd(30) + influenceColumns.map(([text, , width]) => text.padStart(width)).join(""));
console.log(" ".repeat(30) + influenceColumns.map(([, text, width]) => text.padStart(width)).join(""));
for (const [title, planting] of plantings) {
  const score = scoreInfluences(seed, { ...planting, people: habitPeople });
  const shares = [score.exposed, score.found, score.covered, score.coveredOfFound, score.sizeOfFound].map((share) =>
    planting.planted === 0 ? "–" : sayShare(share),
  );
  const falses = [score.falseDiscoveryRate, score.pooledFalseShare].map(sayShare);
  const cells = [...shares, ...falses, score.falseFinds.toFixed(2)];
  console.log(title.padEnd(30) + cells.map((text, i) => text.padStart(influenceColumns[i]?.[2] ?? 8)).join(""));
}

function sayShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s\n`);

// The other half of `npm run evaluate`. Not a second command behind this one: npm gives options only to the last.
await import("./evaluate-answers.ts");

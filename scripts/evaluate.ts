import { randomFor } from "../sandbox/people/random.ts";
import { type MetricId, metrics, numericMetricIds } from "../src/oura/metrics.ts";
import { falseMonths, falseWeekdays, foundRhythms, type RhythmCase } from "./evaluate/calendar-and-rhythm.ts";
import type { Planting } from "./evaluate/habits.ts";
import { alarmsOfCommonWay, alarmsTogether, unscoredDays } from "./evaluate/illness-methods.ts";
import { type Alarms, type Outcome, scoreCases } from "./evaluate/illness-score.ts";
import { falseTrendShare, flagRatio } from "./evaluate/noise.ts";
import { scoreOrdinaryDays } from "./evaluate/ordinary-days.ts";
import { leastExposedNights, scoreInfluences } from "./evaluate/planted-influences.ts";
import { comparisonCells, scoreComparisons } from "./evaluate/short-comparisons.ts";
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
console.log("\nFlags per metric on Gaussian noise, as a multiple of the number printed for ordinary days (medium)");
console.log(`metric                  ${phis.map((phi) => `φ = ${phi}`.padStart(8)).join("")}`);
for (const id of numericMetricIds) {
  const ratios = phis.map((phi) => flagRatio(id, phi, "medium", 40, seed));
  console.log(id.padEnd(24) + ratios.map((ratio) => ratio.toFixed(2).padStart(8)).join(""));
}

const trendPhis = [0, 0.3, 0.5, 0.7];
console.log("\nShare of series without a trend that are called rising or falling");
console.log(`days                    ${trendPhis.map((phi) => `φ = ${phi}`.padStart(8)).join("")}`);
for (const n of [14, 30, 60, 90]) {
  const shares = trendPhis.map((phi) => falseTrendShare(n, phi, n > 30 ? 4000 : 10_000, seed));
  console.log(String(n).padEnd(24) + shares.map((share) => `${(100 * share).toFixed(1)} %`.padStart(8)).join(""));
}

/** Comparisons and small series of one table row; half as many where each metric has a row. */
const repeats = Math.max(200, Math.ceil(people / 2));
const byMetricRepeats = Math.max(200, Math.ceil(people / 4));

console.log(
  `\nComparisons of two adjacent periods without a difference: 95 % intervals that hold it, equal lengths · against the ` +
    `28 days before (resting heart rate, ${repeats} people)`,
);
const lengths = [3, 5, 7, 14, 28];
console.log(`${"".padEnd(34)}${lengths.map((n) => `n = ${n}`.padStart(16)).join("")}`);
for (const [title, course] of comparisonCells()) {
  const cells = lengths.map((n) =>
    [...new Set([n, Math.max(n, 28)])]
      .map((partnerDays) =>
        scoreComparisons(seed, repeats, {
          metric: "resting_heart_rate",
          course,
          days: n,
          partnerDays,
          shift: 0,
        }).cover.toFixed(3),
      )
      .join(" · "),
  );
  console.log(title.padEnd(34) + cells.map((cell) => cell.padStart(16)).join(""));
}

console.log("\nThe same for a week against the 28 days before, by metric (φ .3, λ .2, heavy tails)");
for (const metric of numericMetricIds) {
  const course = { phi: 0.3, wander: 0.2, hasHeavyTails: true };
  const question = { metric, course, days: 7, partnerDays: 28, shift: 0 };
  const { cover, halfWidth } = scoreComparisons(seed, byMetricRepeats, question);
  console.log(`${metric.padEnd(24)} holds ${cover.toFixed(3)}, half-width ${halfWidth.toFixed(2)} SD`);
}

console.log("\nShare of true differences found (resting heart rate, λ .2, heavy tails)");
console.log("                         7 against 7        7 against 28      28 against 28   half-width, SD");
console.log("                      1.5 SD    2 SD    1.5 SD    2 SD              1 SD    7·7   7·28");
for (const phi of phis) {
  const score = (days: number, partnerDays: number, shift: number) =>
    scoreComparisons(seed, repeats, {
      metric: "resting_heart_rate",
      course: { phi, wander: 0.2, hasHeavyTails: true },
      days,
      partnerDays,
      shift,
    });
  const found = [score(7, 7, 1.5), score(7, 7, 2), score(7, 28, 1.5), score(7, 28, 2), score(28, 28, 1)];
  const widths = [score(7, 7, 0), score(7, 28, 0)].map(({ halfWidth }) => halfWidth.toFixed(2).padStart(7)).join("");
  console.log(
    `φ = ${phi}`.padEnd(20) +
      found.map((one, i) => one.found.toFixed(2).padStart([8, 8, 10, 8, 18][i] ?? 8)).join("") +
      widths,
  );
}

console.log("\nAdjacent months (28 days each) without a difference called different");
const wanders = [0, 0.1, 0.2, 0.3];
console.log(`λ                       ${wanders.map((wander) => String(wander).padStart(8)).join("")}`);
for (const phi of phis) {
  const shares = wanders.map(
    (wander) =>
      scoreComparisons(seed, repeats, {
        metric: "resting_heart_rate",
        course: { phi, wander, hasHeavyTails: true },
        days: 28,
        partnerDays: 28,
        shift: 0,
      }).found,
  );
  console.log(`φ = ${phi}`.padEnd(24) + shares.map((share) => sayShare(share).padStart(8)).join(""));
}

console.log("\nThe same of other lengths: called different at a λ of .3");
const spans = [
  [14, 14],
  [14, 28],
  [21, 21],
  [28, 28],
  [56, 56],
  [90, 90],
] as const;
console.log(`${"days".padEnd(24)}${spans.map((span) => span.join(" · ").padStart(9)).join("")}`);
for (const metric of ["resting_heart_rate", "total_sleep"] as const) {
  const cells = spans.map(([days, partnerDays]) => {
    const course = { phi: metrics[metric].model.prior.phi, wander: 0.3, hasHeavyTails: true };
    const { found } = scoreComparisons(seed, repeats, { metric, course, days, partnerDays, shift: 0 });
    return sayShare(found).padStart(9);
  });
  console.log(metric.padEnd(24) + cells.join(""));
}

console.log(
  "\nMonths by metric, at its own φ; * marks the λ that its prior describes, at which true differences are found",
);
const ownWanders = [0, 0.1, 0.15, 0.2, 0.25, 0.3];
console.log(`${"λ".padEnd(24)}${ownWanders.map((wander) => `${wander} `.padStart(9)).join("")}     1 SD   1.5 SD`);
const byMetric: readonly MetricId[] = [
  ...(["resting_heart_rate", "hrv", "temperature_deviation", "breathing_rate", "spo2"] as const),
  ...(["total_sleep", "sleep_efficiency", "steps", "readiness_score"] as const),
];
for (const metric of byMetric) {
  const { phi, slowShare: own } = metrics[metric].model.prior;
  const score = (wander: number, shift: number) =>
    scoreComparisons(seed, byMetricRepeats, {
      metric,
      course: { phi, wander, hasHeavyTails: true },
      days: 28,
      partnerDays: 28,
      shift,
    }).found;
  const cells = ownWanders.map((wander) => `${sayShare(score(wander, 0))}${wander === own ? "*" : " "}`.padStart(9));
  const power = [1, 1.5].map((shift) => score(own, shift).toFixed(2).padStart(9));
  console.log(metric.padEnd(24) + [...cells, ...power].join(""));
}

console.log(
  "\nA metric that Ōura computes from several days resembles the day before more than its prior says: called different",
);
console.log("days                       7 · 28  28 · 28");
for (const phi of [0.6, 0.8, 0.9]) {
  const cells = [7, 28].map((days) => {
    const course = { phi, wander: 0.2, hasHeavyTails: true };
    const question = { metric: "temperature_trend", course, days, partnerDays: 28, shift: 0 } as const;
    return sayShare(scoreComparisons(seed, repeats, question).found).padStart(9);
  });
  console.log(`φ = ${phi}`.padEnd(24) + cells.join(""));
}

console.log(
  "\nFlags of single metrics of people without illness: as a multiple of the number printed for ordinary days, variance",
);
console.log("divided by mean, and the share of answers that say more than ordinary");
console.log("                          low                     medium                  high");
const ordinaryPeople = Math.ceil(people / 5);
for (const shuffled of [true, false]) {
  for (const days of [7, 30, 90]) {
    const cells = (["low", "medium", "high"] as const).map((sensitivity) => {
      const score = scoreOrdinaryDays(seed, ordinaryPeople, { days, sensitivity, shuffled });
      return `${score.ratio.toFixed(2)}  ${score.dispersion.toFixed(2)}  ${sayShare(score.called)}`;
    });
    const title = `${days} days, ${shuffled ? "shuffled" : "as lived"}`;
    console.log(title.padEnd(24) + cells.map((cell) => cell.padEnd(24)).join(""));
  }
}

console.log("\nNothing planted: weekends · any weekday called different, of 12 and 26 weeks; any month of a year");
for (const phi of phis) {
  for (const wander of [0.1, 0.3]) {
    const course = { phi, wander, hasHeavyTails: true };
    const weeks = [84, 182].map((days) => falseWeekdays(seed, repeats, days, course));
    const cells = weeks.map(({ weekends, weekdays }) => `${sayShare(weekends)} · ${sayShare(weekdays)}`);
    const months = falseMonths(seed, ordinaryPeople, course);
    console.log(
      `φ = ${phi}, λ ${wander}`.padEnd(24) + [...cells, sayShare(months)].map((cell) => cell.padStart(18)).join(""),
    );
  }
}

console.log("\nPeople in whose temperature a monthly rhythm is found");
const rhythms: [string, RhythmCase][] = [
  ["rise .3 to .4 °C, SD .15, 180 days", { days: 180, sd: 0.15, rise: [0.3, 0.4] }],
  ["rise .3 °C, SD .15, 180 days", { days: 180, sd: 0.15, rise: [0.3, 0.3] }],
  ["rise .3 to .4 °C, SD .15, 120 days", { days: 120, sd: 0.15, rise: [0.3, 0.4] }],
  ["rise .3 to .4 °C, SD .24, 180 days", { days: 180, sd: 0.24, rise: [0.3, 0.4] }],
  ["none, SD .15, 180 days", { days: 180, sd: 0.15, rise: null }],
  ["none, SD .24, 180 days", { days: 180, sd: 0.24, rise: null }],
  ["none, SD .15, 210 days", { days: 210, sd: 0.15, rise: null }],
  ["none, SD .15, 365 days", { days: 365, sd: 0.15, rise: null }],
  ["none, SD .24, 365 days", { days: 365, sd: 0.24, rise: null }],
  ["rise .3 to .4 °C, SD .15, 220 days", { days: 220, sd: 0.15, rise: [0.3, 0.4] }],
  ["rise .3 to .4 °C, SD .15, 365 days", { days: 365, sd: 0.15, rise: [0.3, 0.4] }],
  ["none, SD .24, 180 days, φ .5", { days: 180, sd: 0.24, rise: null, phi: 0.5 }],
];
for (const [title, rhythm] of rhythms)
  console.log(title.padEnd(40) + sayShare(foundRhythms(seed, repeats, rhythm)).padStart(8));

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
  const cells = [...shares, ...falses, score.falseFindings.toFixed(2)];
  console.log(title.padEnd(30) + cells.map((text, i) => text.padStart(influenceColumns[i]?.[2] ?? 8)).join(""));
}

function sayShare(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s\n`);

// The other half of `npm run evaluate`. Not a second command behind this one: npm gives options only to the last.
await import("./evaluate-answers.ts");

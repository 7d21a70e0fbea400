import type { PlantedFault } from "./plant-fault.ts";

/**
 * The thresholds of src/analytics, and what they rest on: few, since `npm run mutants` breaks every line there.
 */
export const statisticsFaults: readonly PlantedFault[] = [
  {
    name: "a day is part of what is usual for it",
    file: "src/analytics/trailing-history.ts",
    find: "for (next = Math.max(next, day - windowDays); next < day; next++) take(next);",
    replace: "for (next = Math.max(next, day - windowDays); next <= day; next++) take(next);",
    tests: ["test/analytics/baseline.test.ts"],
  },
  {
    name: "what is usual is said after a week",
    file: "src/analytics/baseline.ts",
    find: "export const leastBaselineDays = 14;",
    replace: "export const leastBaselineDays = 7;",
    tests: ["test/analytics/baseline.test.ts"],
  },
  {
    name: "the mean counts as known exactly",
    file: "src/analytics/deviation.ts",
    find: "if (weekdays === null) return { expected: mean, error: sd * Math.sqrt(1 + 1 / n) };",
    replace: "if (weekdays === null) return { expected: mean, error: sd };",
    tests: ["test/analytics/baseline.test.ts"],
  },
  {
    name: "medium sensitivity names as many days as high",
    file: "src/analytics/sensitivity.ts",
    find: "medium: { z: 2.5, alert: 2.8 },",
    replace: "medium: { z: 2, alert: 2.2 },",
    tests: ["test/analytics/anomalies.test.ts"],
  },
  {
    name: "one sign raises the alarm of several together",
    file: "src/analytics/strain.ts",
    find: "if (present.length < 2) return null;",
    replace: "if (present.length < 1) return null;",
    tests: ["test/analytics/anomalies.test.ts"],
  },
  {
    name: "a fever becomes usual",
    file: "src/analytics/strained-nights.ts",
    find: "if (alert !== null && inRow > 0 && inRow <= longestGuard) guarded.add(day);",
    replace: "",
    tests: ["test/analytics/anomalies.test.ts"],
  },
  {
    name: "a direction is told beside an interval that holds none",
    file: "src/analytics/direction.ts",
    find: "p < significance && isOneSided && Math.abs(changeInSds) >= leastSds",
    replace: "p < significance && Math.abs(changeInSds) >= leastSds",
    tests: ["test/analytics/trend.test.ts"],
  },
  {
    name: "a mean is told of a week with one day",
    file: "src/analytics/rolling.ts",
    find: "if (n === 0 || n < Math.ceil(days / 2)) return",
    replace: "if (n === 0) return",
    tests: ["test/analytics/rolling.test.ts"],
  },
  {
    name: "two periods are compared by a day each",
    file: "src/analytics/comparison.ts",
    find: "export const leastComparedDays = 7;",
    replace: "export const leastComparedDays = 1;",
    tests: ["test/analytics/comparison.test.ts"],
  },
  {
    name: "looking often finds more by chance",
    file: "src/analytics/influences/false-discovery.ts",
    find: "(p * ps.length) / (ps.length - position)",
    replace: "p",
    tests: ["test/analytics/influences.test.ts"],
  },
  {
    name: "heart rate is averaged by rows and not by time",
    file: "src/analytics/intraday/heart-rate.ts",
    find: "const mean = weight > 0 ? sum / weight : plainSum / rows.length;",
    replace: "const mean = plainSum / rows.length;",
    tests: ["test/analytics/intraday/heart-rate.test.ts"],
  },
  {
    name: "shared steps do not add up to the day's count",
    file: "src/analytics/intraday/apportion.ts",
    find: "for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;",
    replace: "",
    tests: ["test/analytics/intraday/step-share.test.ts"],
  },
  {
    name: "a date that is none is taken for one",
    file: "src/analytics/day.ts",
    find: "return isDate ? (text as IsoDay) : null;",
    replace: "return isDate || month > 0 ? (text as IsoDay) : null;",
    tests: ["test/analytics/day.test.ts"],
  },
];

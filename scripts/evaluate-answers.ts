import { tools } from "../src/tools/index.ts";
import type { CallCost } from "./evaluate-answers/assistant.ts";
import { printTable } from "./evaluate-answers/print-table.ts";
import { type Outcome, runTasks } from "./evaluate-answers/run-tasks.ts";
import { accountTasks } from "./evaluate-answers/tasks/account.ts";
import { dayTasks } from "./evaluate-answers/tasks/days.ts";
import { nightTasks } from "./evaluate-answers/tasks/nights.ts";
import { overWeeksTasks } from "./evaluate-answers/tasks/over-weeks.ts";
import { whatGoesWithWhatTasks } from "./evaluate-answers/tasks/what-goes-with-what.ts";
import { withinDayTasks } from "./evaluate-answers/tasks/within-day.ts";

/**
 * `node scripts/evaluate-answers.ts`: whether the tools' answers hold the right values, and at what cost. Fails when a
 * target is missed.
 */
const targets = { rightValues: 1, callsPerTask: 1.3 };

const outcomes = await runTasks([
  ...nightTasks,
  ...dayTasks,
  ...withinDayTasks,
  ...overWeeksTasks,
  ...whatGoesWithWhatTasks,
  ...accountTasks,
]);

printOutcomes(outcomes);
printCosts(outcomes.flatMap(({ costs }) => costs));
printTargets();

function printOutcomes(all: readonly Outcome[]): void {
  console.log(`\nRight values: ${all.length} tasks on synthetic people, 20 November 2026, 20:00 UTC\n`);
  printTable(
    ["", "question", "person", "right", "answered", "calls", "bytes", "requests"],
    all.map(({ task, right, found, isRight, costs }) => [
      isRight ? "" : "WRONG",
      task.question,
      task.person,
      say(right),
      say(found),
      costs.length,
      sum(costs.map(({ answerBytes }) => answerBytes)),
      sum(costs.map(({ ouraRequests }) => ouraRequests)),
    ]),
  );
}

function printCosts(costs: readonly CallCost[]): void {
  console.log("\nCost by tool\n");
  printTable(
    ["tool", "calls", "mean bytes", "most bytes", "mean Oura requests", "most"],
    tools.map(({ name }) => {
      const own = costs.filter(({ tool }) => tool === name);
      const [bytes, requests] = [own.map((cost) => cost.answerBytes), own.map((cost) => cost.ouraRequests)];
      const meanRequests = (sum(requests) / own.length).toFixed(1);
      return [
        name,
        own.length,
        Math.round(sum(bytes) / own.length),
        Math.max(...bytes),
        meanRequests,
        Math.max(...requests),
      ];
    }),
  );
}

function printTargets(): void {
  const right = outcomes.filter(({ isRight }) => isRight).length;
  const calls = sum(outcomes.map(({ costs }) => costs.length)) / outcomes.length;
  const results = [
    {
      name: "right values",
      figure: right / outcomes.length,
      target: `${targets.rightValues}`,
      met: right / outcomes.length >= targets.rightValues,
    },
    { name: "calls per task", figure: calls, target: `≤ ${targets.callsPerTask}`, met: calls <= targets.callsPerTask },
  ];
  console.log("\nTargets\n");
  printTable(
    ["target", "figure", "wanted", ""],
    results.map(({ name, figure, target, met }) => [name, figure.toFixed(2), target, met ? "met" : "MISSED"]),
  );
  if (results.some(({ met }) => !met)) process.exitCode = 1;
}

function say(value: string | number | null): string {
  return typeof value === "number" ? String(Number(value.toFixed(2))) : (value ?? "nothing");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

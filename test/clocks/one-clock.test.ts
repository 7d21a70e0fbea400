import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Files that may read the machine's clock, with the reason. All others use a clock they are given. */
const asksTheMachine: Record<string, string> = {
  "sandbox/clock/machine-now.ts": "the question itself",
  "sandbox/clock/start-clock.ts": "a run's clock runs at the machine's pace",
  "sandbox/clock/translate-alarms.ts": "the runtime keeps alarms by the machine's clock",
  "sandbox/server.ts": "serves people, as `npm start` does",
  "scripts/bench/machine.ts": "says when figures were measured",
  "scripts/clients.ts": "says when real clients were run",
  "scripts/contract.ts": "asks the real Oura about the real today",
  "scripts/deploy/ask-app.ts": "asks Ōura whether it accepts the app",
  "scripts/doctor/server-checks.ts": "compares a server's clock with this computer's",
  "test/clocks/alarms.test.ts": "sets the clock far from the machine's",
  "test/security/limits.test.ts": "the platform's rate limiters count by the machine's minutes",
  "test/support/kept.ts": "Workers KV ends keys by the machine's clock",
};

/** Code that reads the machine's clock. */
const timeOfTheMachine = /new Date(\(\)|(?![\w(]))|\bDate\.now\(|[^.\w]Date\(\)|Temporal\.Now|performance\.timeOrigin/;
const fakesTime = /setSystemTime|toFake:.*"Date"|useFakeTimers\(\)/;

function filesOf(...roots: string[]): { file: string; text: string }[] {
  return globSync(roots.map((root) => `${root}/**/*.{ts,tsx,mjs,js}`))
    .map((file) => file.replaceAll("\\", "/"))
    .map((file) => ({ file, text: readFileSync(file, "utf8") }));
}

const support = filesOf("test", "scripts", "sandbox").filter(({ file }) => file !== "test/clocks/one-clock.test.ts");

it("reads the product's time in one place", () => {
  const askers = filesOf("src").filter(({ text }) => timeOfTheMachine.test(text));
  expect(askers.map(({ file }) => file)).toEqual(["src/clock.ts"]);
});

it("reads the machine's clock in tests, scripts and simulator only in the listed files", () => {
  expect(support.length).toBeGreaterThan(300);
  const askers = support.filter(({ text }) => timeOfTheMachine.test(text) || /\bmachineNow\b/.test(text));
  expect(askers.map(({ file }) => file).toSorted()).toEqual(Object.keys(asksTheMachine).toSorted());
  const withoutSeam = support.filter(({ text }) => timeOfTheMachine.test(text));
  expect(withoutSeam.map(({ file }) => file)).toEqual(["sandbox/clock/machine-now.ts"]);
});

it("sets the clock of tests in one place", () => {
  const setters = support.filter(({ text }) => fakesTime.test(text));
  expect(setters.map(({ file }) => file)).toEqual(["test/support/clock.ts"]);
});

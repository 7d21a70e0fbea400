import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { runFaults } from "../../scripts/faults/run.ts";

/** The short run of `npm run faults`. The long one and its tables are in docs/reliability.md. */
const say = () => {};

it("answers correctly, partially with reasons, or with a clear error under every fault, and correctly after it", async () => {
  const directory = join(inject("scratch"), "faults");
  const { faulted, recoveries, wrong, lost, refreshes } = await runFaults({
    long: false,
    calls: 0,
    minutes: 2,
    seed: 1,
    ...(inject("long") ? {} : { sample: { everyNthFault: 3, everyNthQuestion: 2, clockSkews: 1 } }),
    directory,
    say,
  });
  expect(wrong).toEqual([]);
  expect(lost).toEqual([]);
  expect(refreshes.filter(({ isRight }) => !isRight)).toEqual([]);
  expect(faulted).toBeGreaterThan(inject("long") ? 180 : 40);
  expect(recoveries).toBeGreaterThan(inject("long") ? 160 : 35);
}, 200_000);

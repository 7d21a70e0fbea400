import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { runKills } from "../../scripts/faults/kills.ts";
import { runFaults } from "../../scripts/faults/run.ts";

/** The short runs of `npm run faults`. The long ones and their tables are in docs/reliability.md. */
const say = () => {};

it("answers correctly, partially with reasons, or with a clear error under every fault, and correctly after it", async () => {
  const directory = join(inject("scratch"), "faults");
  const { faulted, recoveries, wrong, lost, refreshes } = await runFaults({
    long: false,
    calls: 0,
    minutes: 2,
    seed: 1,
    everyCase: inject("long") ? 1 : 3,
    directory,
    say,
  });
  expect(wrong).toEqual([]);
  expect(lost).toEqual([]);
  expect(refreshes.filter(({ isRight }) => !isRight)).toEqual([]);
  expect(faulted).toBeGreaterThan(inject("long") ? 180 : 60);
  expect(recoveries).toBeGreaterThan(inject("long") ? 160 : 50);
}, 200_000);

it("keeps the connection after kills during a refresh, or shows that Reconnect is needed and works", async () => {
  const kills = inject("long") ? 20 : 1;
  const report = await runKills({ kills, seed: 1, directory: join(inject("scratch"), "kills"), say });
  expect(report).toMatchObject({ kills, lostWithoutCause: 0, notMended: 0, unanswered: 0 });
  if (inject("long")) expect(report.lost).toBeLessThan(kills); // kills long after the answer, or without a refresh, lose nothing
}, 200_000);

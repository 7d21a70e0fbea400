import { join } from "node:path";
import { expect, inject, it } from "vitest";
import { runKills } from "../../scripts/faults/kills.ts";

/** The short run of `npm run faults -- --kills N`. The long one and its table are in docs/reliability.md. */
const say = () => {};

it("keeps the connection after kills during a refresh, or shows that Reconnect is needed and works", async () => {
  const kills = inject("long") ? 20 : 1;
  const report = await runKills({ kills, seed: 1, directory: join(inject("scratch"), "kills"), say });
  expect(report).toMatchObject({ kills, lostWithoutCause: 0, notMended: 0, unanswered: 0 });
  if (inject("long")) expect(report.lost).toBeLessThan(kills); // kills long after the answer, or without a refresh, lose nothing
}, 200_000);

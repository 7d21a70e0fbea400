import { expect, it } from "vitest";
import { createAccess } from "../../src/agent/access.ts";
import type { Parts } from "../../src/agent/parts.ts";
import type { Schedule } from "../../src/agent/schedule.ts";
import { createTroubleLog } from "../../src/registry/trouble-counts.ts";

/** Runs work for the owner of an account. Returns the outcome, and how often the counts are scheduled to be stored. */
async function runAsOwner(work: (note: () => void) => Promise<string>) {
  const troubles = createTroubleLog();
  const account = { exists: () => true, noteSeen() {} };
  const parts = { account, troubles, sessions: { check: async () => "session" }, assistants: {}, grants: {} };
  let scheduled = 0;
  const schedule = {
    setAlarm: async () => {},
    flushLater() {
      scheduled += 1;
    },
  };
  // `asOwner` uses only these members of both.
  const access = createAccess(parts as unknown as Parts, schedule as unknown as Schedule, () => Promise.reject());
  const outcome = await access.asOwner("secret", () => work(() => troubles.note("oura_rate_limited")));
  return { outcome, scheduled };
}

const aMomentLater = () => new Promise((resolve) => setTimeout(resolve, 5));

it("schedules that a problem is stored which a page's work meets a moment later", async () => {
  const run = await runAsOwner(async (note) => {
    await aMomentLater();
    note();
    return "done";
  });
  expect(run).toEqual({ outcome: { ok: true, value: "done" }, scheduled: 1 });
});

it("schedules it also if the work then fails", async () => {
  const run = await runAsOwner(async (note) => {
    await aMomentLater();
    note();
    throw new Error("interrupted");
  });
  expect(run).toMatchObject({ outcome: { ok: false }, scheduled: 1 });
});

it("schedules nothing, which would keep the object awake, if there was no problem", async () => {
  const run = await runAsOwner(async () => {
    await aMomentLater();
    return "done";
  });
  expect(run).toEqual({ outcome: { ok: true, value: "done" }, scheduled: 0 });
});

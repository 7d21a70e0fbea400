import { describe, expect, it } from "vitest";
import { createSessionStore } from "../../src/account/sessions.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function openSessions() {
  const clock = { now: 1_000_000 };
  const { values, storage } = createMemoryStorage();
  return { clock, values, sessions: createSessionStore(storage, () => clock.now) };
}

describe("a session", () => {
  it("lasts thirty days from the sign-in, however often it is used", async () => {
    const { clock, sessions, values } = openSessions();
    const secret = await sessions.start("Firefox");
    clock.now += 30 * day - 1;
    await sessions.check(secret);
    expect(sessions.list()).toHaveLength(1);
    clock.now += 1;
    await expect(sessions.check(secret)).rejects.toThrow("not_signed_in");
    expect(sessions.list()).toEqual([]);
    expect(values.size).toBe(0);
  });

  it("is fresh for ten minutes, allows for twelve hours, and is not found by another secret", async () => {
    const { clock, sessions } = openSessions();
    const id = await sessions.check(await sessions.start("Firefox"));
    clock.now += 10 * minute - 1;
    expect(sessions.isFresh(id)).toBe(true);
    clock.now += 1;
    expect([sessions.isFresh(id), sessions.isFresh(id, 12 * hour)]).toEqual([false, true]);
    await expect(sessions.check("x".repeat(52))).rejects.toThrow("not_signed_in");
    expect(sessions.isFresh("unknown")).toBe(false);
  });

  it("notes a visit at most once an hour", async () => {
    const { clock, sessions } = openSessions();
    const secret = await sessions.start("Firefox");
    const begun = clock.now;
    for (const [after, seen] of [
      [hour, begun],
      [1, begun + hour + 1],
    ] as const) {
      clock.now += after;
      await sessions.check(secret);
      expect(sessions.list()[0]?.session.lastSeenAt).toBe(seen);
    }
  });

  it("takes the browser's id from the session that it replaces, and ends that session", async () => {
    const { clock, sessions } = openSessions();
    const before = await sessions.start("Firefox");
    const browserId = sessions.list()[0]?.session.browserId;
    clock.now += day;
    const after = await sessions.start("Chrome");
    await sessions.succeed(after, before);
    expect(sessions.list().map(({ session }) => session)).toEqual([
      { browser: "Chrome", browserId, createdAt: clock.now, lastSeenAt: clock.now },
    ]);
    await expect(sessions.check(before)).rejects.toThrow("not_signed_in");
    await sessions.succeed(after, after);
    await sessions.check(after);
  });

  it("keeps sixty characters of the browser's name", async () => {
    const { sessions } = openSessions();
    await sessions.start("x".repeat(61));
    expect(sessions.list()[0]?.session.browser).toBe("x".repeat(60));
  });
});

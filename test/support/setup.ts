import { afterAll, afterEach, expect } from "vitest";
import { clock } from "./clock.ts";
import { emptyStorage } from "./empty-storage.ts";
import { resetSimulator } from "./product.ts";

/** Rows of a table on one line each, so that a changed number shows as one changed line of a snapshot. */
expect.addSnapshotSerializer({
  test: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => item === null || typeof item !== "object"),
  serialize: (value) => JSON.stringify(value),
});

// Files share a runtime: each starts with empty storage, a reset simulator and the clock at the start of the run.
await emptyStorage();
await resetSimulator();

afterEach(() => clock.restore());

/** Only Oura is faked, at the network. A request to any other host is an error. */
afterAll(async () => {
  const strangers = await (await fetch("https://strangers.test/")).json();
  expect(strangers).toEqual([]);
});

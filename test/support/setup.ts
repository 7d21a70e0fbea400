import { afterAll, expect } from "vitest";

/** Rows of a table on one line each, so that a changed number shows as one changed line of a snapshot. */
expect.addSnapshotSerializer({
  test: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => item === null || typeof item !== "object"),
  serialize: (value) => JSON.stringify(value),
});

/** Only Oura is faked, as the network; any other host a test made us ask is a mistake. */
afterAll(async () => {
  const strangers = await (await fetch("https://strangers.test/")).json();
  expect(strangers).toEqual([]);
});

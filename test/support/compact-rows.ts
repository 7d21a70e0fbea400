import { expect } from "vitest";

/** Rows of a table on one line each, so that a changed number shows as one changed line of a snapshot. */
expect.addSnapshotSerializer({
  test: (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => item === null || typeof item !== "object"),
  serialize: (value) => JSON.stringify(value),
});

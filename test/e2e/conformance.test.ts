import { describe, expect, inject, it } from "vitest";
import {
  createSuiteVisitor,
  revisions,
  runAuthorizationSuite,
  runHeaderSuite,
  runServerSuite,
} from "../../scripts/conformance/suites.ts";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { origin } from "./origin.ts";

describe("the official conformance suite", async () => {
  const visitor = await createSuiteVisitor(origin);

  // A long run tests both revisions.
  it.each(inject("long") ? revisions : revisions.slice(-1))(
    "passes at %s, except for the checks in the baseline",
    async (revision) => {
      const { passed, output } = await runServerSuite(visitor, revision);
      expect(passed, output).toBe(true);
    },
  );

  it("passes for the headers of 2026-07-28", async () => {
    const { passed, output } = await runHeaderSuite(visitor);
    expect(passed, output).toBe(true);
  });

  it("passes for the authorization server", async () => {
    const { passed, checks, output } = await runAuthorizationSuite(visitor, await findFreePort());
    expect(passed, output).toBe(true);
    // A server on this computer does not offer client documents, which the suite recommends.
    expect(checks).toEqual({ passed: 2, failed: 1 });
  });
});

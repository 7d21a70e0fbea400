import { expect, it } from "vitest";
import { describeFailure } from "../../src/errors.ts";
import { outlineFailure, statusOf } from "../../src/web/failure-page.tsx";
import { exampleFailures } from "../support/failures.ts";

const links = { home: "https://bridge.test/", panel: "https://bridge.test/panel" };

it.each(Object.values(exampleFailures))("$kind has its own heading and a link to continue", (failure) => {
  const { heading, href, label } = outlineFailure(failure);
  expect(heading).toMatch(/^[A-ZŌ][^.!]*$/);
  expect(href).toMatch(/^\/(sign-in|create-account|confirm|panel|panel#security)?$/);
  expect(label.length).toBeGreaterThan(3);
  expect(describeFailure(failure, links)).not.toBe(heading);
});

it("gives programs different status codes for user errors, limits and internal errors", () => {
  expect(statusOf(exampleFailures.not_signed_in)).toBe(400);
  expect(statusOf(exampleFailures.too_many_attempts)).toBe(429);
  expect(statusOf(exampleFailures.internal)).toBe(500);
});

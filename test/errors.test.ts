import { expect, it } from "vitest";
import { AppError, describeFailure, failureOf } from "../src/errors.ts";
import { exampleFailures } from "./support/failures.ts";

const links = { home: "https://bridge.test/", panel: "https://bridge.test/panel" };

it.each(Object.values(exampleFailures))("$kind has complete sentences of its own", (failure) => {
  const words = describeFailure(failure, links);
  expect(words).toMatch(/^[A-ZŌ].*\.$/);
  expect(words).not.toMatch(/undefined|null|NaN/);
  const others = Object.values(exampleFailures).filter((other) => other !== failure);
  expect(others.map((other) => describeFailure(other, links))).not.toContain(words);
});

it("links to the panel if the person has to act there", () => {
  for (const kind of [
    "not_registered",
    "not_connected",
    "needs_reconnect",
    "key_changed",
    "not_granted_by_oura",
  ] as const) {
    expect(describeFailure(exampleFailures[kind], links)).toContain(links.panel);
  }
});

it("turns an unknown error into a reference and nothing else", () => {
  const failure = failureOf(new Error("secret"));
  expect(failure.kind).toBe("internal");
  expect(describeFailure(failure, links)).not.toContain("secret");
  expect(failureOf(new AppError({ kind: "oura_timeout" }))).toEqual({ kind: "oura_timeout" });
});

it("names the first of many problems, and cuts long ones", () => {
  const problems = Array.from({ length: 9_000 }, (_, at) => `${"x".repeat(1_000)} ${at}.`);
  const words = describeFailure({ kind: "bad_input", problems }, links);
  expect(words.length).toBeLessThan(2_000);
  expect(words).toContain("8995 more problems are not listed.");
});

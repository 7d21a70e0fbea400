import { expect, it } from "vitest";
import { presentableName } from "../../src/web/client-name.ts";

it("does not change an ordinary name", () => {
  expect(presentableName("Claude Code")).toBe("Claude Code");
  expect(presentableName("Ассистент 助手")).toBe("Ассистент 助手");
});

it("removes characters that could reverse or hide nearby text", () => {
  expect(presentableName("Claude \u202Eedualc\u202C\u200B\u0000")).toBe("Claude edualc");
  expect(presentableName("two\n\n\u2028lines")).toBe("two lines");
});

it("truncates a very long name", () => {
  const cut = presentableName("a".repeat(5_000));
  expect(cut).toHaveLength(60);
  expect(cut.endsWith("…")).toBe(true);
});

it("has a placeholder for a missing name", () => {
  expect(presentableName("\u200B \u0007")).toBe("An assistant without a name");
});

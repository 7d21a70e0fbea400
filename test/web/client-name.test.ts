import { expect, it } from "vitest";
import { presentableName } from "../../src/web/client-name.ts";

it("leaves an ordinary name as it is", () => {
  expect(presentableName("Claude Code")).toBe("Claude Code");
  expect(presentableName("Ассистент 助手")).toBe("Ассистент 助手");
});

it("takes out what could turn round or hide the words beside it", () => {
  expect(presentableName("Claude \u202Eedualc\u202C\u200B\u0000")).toBe("Claude edualc");
  expect(presentableName("two\n\n\u2028lines")).toBe("two lines");
});

it("cuts what would push the page away", () => {
  const cut = presentableName("a".repeat(5_000));
  expect(cut).toHaveLength(60);
  expect(cut.endsWith("…")).toBe(true);
});

it("says so when there is no name", () => {
  expect(presentableName("\u200B \u0007")).toBe("An assistant without a name");
});

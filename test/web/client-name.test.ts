import { expect, it } from "vitest";
import { presentableName, quoteName } from "../../src/web/client-name.ts";

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

it.each(["\u200B \u0007", "\u3164\u3164", "\u2800", "\u0301\u0301", "Verified", "official Ringbridge", "Published by"])(
  "has a placeholder for a name without a visible character or a word of its own: %j",
  (name) => {
    expect(presentableName(name)).toBe("a program without a name");
    expect(quoteName(presentableName(name))).toBe("a program without a name");
  },
);

it("leaves out claims and our own names, however they are written", () => {
  expect(presentableName("Claude (verified)")).toBe("Claude");
  expect(presentableName("Claude Code (ringbridge)")).toBe("Claude Code");
  expect(presentableName("mcporter [[official] ] (my ring)", ["My Ring"])).toBe("mcporter");
  expect(presentableName("OFFICIAL Claude, published  by Anthropic")).toBe("Claude, Anthropic");
  expect(presentableName("Ｖｅｒｉｆｉｅｄ Claude")).toBe("Claude");
  expect(presentableName("published published by by Claude")).toBe("Claude");
  expect(presentableName("Ver\u200Bified Claude")).toBe("Ver ified Claude");
  expect(presentableName("Ring Bridge (Berlin) assistant", ["Ring Bridge (Berlin)"])).toBe("assistant");
});

it("keeps words that only contain such a word", () => {
  expect(presentableName("Unverified Officialdom")).toBe("Unverified Officialdom");
});

it("is quoted, and cannot end the quotation", () => {
  expect(quoteName(presentableName('Claude” by “Anthropic"'))).toBe("“Claude' by 'Anthropic'”");
});

import { expect, it } from "vitest";
import reference from "../../docs/tools.md?raw";
import { describeTools } from "../../scripts/tools-reference/describe-tools.ts";
import { tools } from "../../src/tools/index.ts";

it("is what the tools say today; `npm run docs:tools` writes it anew", () => {
  expect(reference).toBe(describeTools(tools));
});

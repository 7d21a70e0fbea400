import { expect, it } from "vitest";
import reference from "../../docs/tools.md?raw";
import { describeTools } from "../../scripts/tools-reference/describe-tools.ts";
import { tools } from "../../src/tools/index.ts";

it("matches the tool definitions; `npm run docs:tools` writes it again", () => {
  expect(reference).toBe(describeTools(tools));
});

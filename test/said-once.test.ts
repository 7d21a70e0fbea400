import { expect, it } from "vitest";
import architecture from "../docs/architecture.md?raw";
import security from "../docs/security.md?raw";
import readme from "../README.md?raw";
import { heldFor } from "../src/web/held-for.ts";

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
  ["docs/security.md", security],
])("%s states the same time in memory for health data as the code", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`in memory for at most ${heldFor}`);
});

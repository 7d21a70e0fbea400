import { expect, it } from "vitest";
import settings from "../.dev.vars.example?raw";
import architecture from "../docs/architecture.md?raw";
import decisions from "../docs/decisions.md?raw";
import security from "../docs/security.md?raw";
import storage from "../docs/storage.md?raw";
import readme from "../README.md?raw";
import { PEOPLE } from "../sandbox/people/people.ts";
import { longestHoldSeconds } from "../src/config.ts";
import { joinedWithin } from "../src/oura/night.ts";
import capabilities from "../src/pages/help/capabilities.tsx?raw";
import { heldFor } from "../src/web/held-for.ts";
import { sayNumber } from "../src/words/present.ts";

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
  ["docs/security.md", security],
])("%s states the same time in memory for health data as the code", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`in memory for at most ${heldFor}`);
});

it.each([
  ["docs/storage.md", storage, `for \`CACHE_SECONDS\` (${longestHoldSeconds} at most`],
  ["docs/architecture.md", architecture, `set \`CACHE_SECONDS\` (0 to ${longestHoldSeconds})`],
  [".dev.vars.example", settings, `in memory only; 0 to ${longestHoldSeconds}.`],
])("%s states the same limit of CACHE_SECONDS as the code", (_name, text, words) => {
  expect(text).toContain(words);
});

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
])("%s states how many synthetic people there are", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`${sayNumber(PEOPLE.length)} synthetic people`);
});

it.each([
  ["README.md", readme],
  ["docs/decisions.md", decisions],
  ["the help page", capabilities],
])("%s states in the same words which sleeps are one night", (_name, text) => {
  const hours = sayNumber(joinedWithin / 3_600_000);
  const rule = `ong sleeps of the same day that are less than ${hours} hours apart count as one night`;
  expect(text.replace(/\s+/g, " ")).toContain(rule);
});

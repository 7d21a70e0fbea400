import { describe, expect, it } from "vitest";
import { tagName } from "../../src/words/tag-name.ts";

describe("the name of a tag", () => {
  it.each([
    ["tag_sleep_latemeal", "late meal"],
    ["tag_generic_nocaffeine", "no caffeine"],
    ["tag_generic_alcohol", "alcohol"],
    ["tag_generic_hot_water", "hot water"],
    ["tag_generic_constructor", "constructor"],
    ["custom", null],
    [null, null],
  ])("%s is %s", (code, name) => {
    expect(tagName(code)).toBe(name);
  });
});

import { describe, expect, it } from "vitest";
import { allows } from "../../scripts/licences/allows.ts";
import { describeNotices, objectionTo } from "../../scripts/licences/describe-notices.ts";
import { packageFilesIn, packageNameOf } from "../../scripts/licences/packages-in.ts";

const text = "MIT License\n\nCopyright (c) 2026 Somebody";

describe("licences", () => {
  it.each(["MIT", "Apache-2.0", "(MIT OR GPL-3.0-only)", "MIT AND ISC"])("allows %s", (licence) => {
    expect(objectionTo({ name: "one", licence, texts: [text] })).toBeNull();
  });

  it.each(["GPL-3.0-only", "MIT AND GPL-3.0-only", "SEE LICENSE IN LICENSE", "UNLICENSED", ""])(
    "refuses %j",
    (licence) => {
      expect(allows(licence)).toBe(false);
    },
  );

  it.each([
    [{ name: "one", licence: null, texts: [text] }, "one names no licence"],
    [{ name: "one", licence: "GPL-3.0-only", texts: [text] }, "one is under GPL-3.0-only"],
    [{ name: "one", licence: "MIT", texts: [] }, "one comes without the text of its licence"],
  ])("says why a package must not be shipped: %#", (found, words) => {
    expect(objectionTo(found)).toContain(words);
  });
});

it("lists every package with its text, and equal texts once, with any line ends", () => {
  const notices = describeNotices([
    { name: "one", licence: "MIT", texts: [text] },
    { name: "two", licence: "MIT", texts: [text.replaceAll("\n", "\r\n")] },
    { name: "three", licence: "ISC", texts: ["Another", "A notice"] },
  ]);
  expect(notices).toContain("one (MIT)\ntwo (MIT)\n");
  expect(notices.split("2026 Somebody")).toHaveLength(2);
  expect(notices).toMatch(/three \(ISC\)[\s\S]*Another\n\nA notice/);
});

it("counts a package only if the bundle contains bytes of it", () => {
  const inputs = {
    "src/index.ts": { bytesInOutput: 10 },
    "node_modules/hono/dist/app.js": { bytesInOutput: 5 },
    "node_modules/left-out/index.js": { bytesInOutput: 0 },
  };
  expect(packageFilesIn({ outputs: { "index.js": { inputs } } })).toEqual(["node_modules/hono/dist/app.js"]);
});

it.each([
  ["node_modules/@scope/one/dist/a.js", "@scope/one"],
  ["node_modules/one/node_modules/two/a.js", "two"],
  ["../../node_modules/.pnpm/two@1.0.5/node_modules/two/index.js", "two"],
  ["src/index.ts", null],
])("finds the package that contains a path: %s", (path, name) => {
  expect(packageNameOf(path)).toBe(name);
});

import { describe, expect, it } from "vitest";
import { readAnswer } from "../../src/views/answer.ts";

/** What the view reads of a result whose answer has these fields, and this picture. */
function read(structuredContent: unknown, picture: unknown = null) {
  return readAnswer({ structuredContent, _meta: { "ringbridge/picture": picture } });
}

describe("the answer that is drawn", () => {
  it("has the tables of columns and rows", () => {
    const rows = [["2026-11-20", 80, null]];
    expect(read({ columns: ["day", "score", "hrv_ms"], rows }).tables).toEqual([
      { name: "Figures", columns: ["day", "score", "hrv_ms"], rows },
    ]);
  });

  it.each<[string, unknown]>([
    ["a cell that is no text and no number", { columns: ["day"], rows: [["2026-11-20"], [{ score: 80 }]] }],
    ["a row that is no list", { columns: ["day"], rows: ["2026-11-20"] }],
    ["a column without a name", { columns: [1], rows: [["2026-11-20"]] }],
    ["no rows", { columns: ["day"], rows: [] }],
  ])("has no table of %s", (_name, fields) => {
    expect(read(fields).tables).toEqual([]);
  });

  it("has a picture of a known kind with its lists, and no other", () => {
    const ranked = { kind: "ranked", ranked: [] };
    expect(read({}, ranked).picture).toEqual(ranked);
    for (const other of [
      { kind: "ranked" },
      { kind: "comet", ranked: [] },
      { kind: "toString" },
      "ranked",
      null,
      [ranked],
    ])
      expect(read({}, other).picture, JSON.stringify(other)).toBeNull();
  });

  it("has no field that the result lacks", () => {
    expect(readAnswer({})).toEqual({ summary: "", failed: false, fields: {}, tables: [], picture: null });
    expect(readAnswer({ content: "text", isError: true })).toMatchObject({ summary: "", failed: true });
    expect(readAnswer({ content: [{ text: 1 }, { text: "words" }] }).summary).toBe("words");
  });
});

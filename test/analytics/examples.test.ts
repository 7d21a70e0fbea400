import { expect, it } from "vitest";
import { examplesOf, runExample } from "./run-example.ts";

const sources = import.meta.glob<string>("../../src/analytics/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
const modules = import.meta.glob<Record<string, unknown>>("../../src/analytics/**/*.ts", { eager: true });

/** An example may use every export of src/analytics by its name. */
const scope: Record<string, unknown> = Object.assign({}, ...Object.values(modules));

const functions = Object.entries(sources).flatMap(([path, source]) =>
  examplesOf(source).map((example) => ({ ...example, file: path.replace("../../src/analytics/", "") })),
);

it("gives every exported function an example", () => {
  expect(functions.filter(({ text }) => text === null).map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

it.each(functions.filter(({ text }) => text !== null))(
  "$file: the example of $name shows what it returns",
  ({ text }) => {
    expect(runExample(text ?? "", scope)).toEqual([]);
  },
);

it.each([
  ["a number that is not equal", "1 + 1 // 3"],
  ["a number that is cut off elsewhere", "1 / 3; // 0.34…"],
  ["a property that is missing", "({ a: 1 }) // { a: 1, b: 2 }"],
  ["a property that is not shown", "({ a: 1, b: 2 }) // { a: 1 }"],
  ["an element that is not shown", "[1, 2] // [1]"],
  ["no value at all", "const a = 1;\na + 1;"],
  ["an error that is not shown", "null.length // 0"],
  ["an error that does not occur", '1 + 1 // throws "2"'],
])("notices %s", (_title, example) => {
  expect(runExample(example, {})).toHaveLength(1);
});

it.each([
  ["numbers that are cut off", "1 / 3; // 0.333…\n[-2 / 3]; // [-0.66…]"],
  ["a value on the lines below", "({ a: 1,\n  b: [1, 2, 3] });\n// { a: 1,\n//   b: [1, 2, …] }"],
  ["a declaration with a note", "const a = 1;\n// The sum of both:\na + 1; // 2"],
  ["lists of other types", "Float64Array.of(1, 2); // Float64Array [1, 2]\nnew Set([1]); // Set [1]"],
  ["an error", "null.length // throws \"Cannot read properties of null (reading 'length')\""],
])("accepts %s", (_title, example) => {
  expect(runExample(example, {})).toEqual([]);
});

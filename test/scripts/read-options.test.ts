import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { parseOptions } from "../../scripts/read-options.ts";
import { runNode } from "../e2e/run-node.ts";

const server = {
  name: "npm run serve",
  takes: { words: "PLACE", atMost: 1 },
  options: {
    port: { type: "whole number", from: 1, to: 65_535, default: 80 },
    runs: { type: "whole number", from: 1 },
    state: { type: "text", value: "DIRECTORY" },
    var: { type: "texts", value: "NAME:VALUE", pattern: /^[A-Z]+:/ },
    url: { type: "address", default: "http://localhost" },
    clock: { type: "instant" },
    "dry-run": { type: "flag" },
  },
} as const;

it("reads every kind of option and positional arguments", () => {
  const args = [
    "--port",
    "9000",
    "here",
    "--var",
    "A:1",
    "--var=B:",
    "--url",
    "https://a.test",
    "--clock",
    "2026-11-18T09:00:00Z",
    "--dry-run",
  ];
  expect(parseOptions(server, args)).toEqual({
    kind: "read",
    values: {
      port: 9000,
      runs: null,
      state: null,
      var: ["A:1", "B:"],
      url: "https://a.test",
      clock: "2026-11-18T09:00:00Z",
      "dry-run": true,
    },
    positionals: ["here"],
  });
});

it("returns defaults, null or an empty list for options that are not given", () => {
  expect(parseOptions(server, [])).toEqual({
    kind: "read",
    values: { port: 80, runs: null, state: null, var: [], url: "http://localhost", clock: null, "dry-run": false },
    positionals: [],
  });
});

it.each([
  [["--prot", "9000"], "There is no option --prot."],
  [["--constructor"], "There is no option --constructor."],
  [["-p", "9000"], "There is no option -p."],
  [["--port"], "--port needs a value."],
  [["--state", "--dry-run"], "--state needs a value."],
  [["--port", "abc"], '--port takes a whole number from 1 to 65535, not "abc".'],
  [["--port", "99999"], '--port takes a whole number from 1 to 65535, not "99999".'],
  [["--port", "-1"], '--port takes a whole number from 1 to 65535, not "-1".'],
  [["--port="], '--port takes a whole number from 1 to 65535, not "".'],
  [["--port", "80.5"], '--port takes a whole number from 1 to 65535, not "80.5".'],
  [["--runs", "0"], '--runs takes a whole number of at least 1, not "0".'],
  [["--var", "A=1"], '--var takes NAME:VALUE, not "A=1".'],
  [["--url", "localhost:80"], '--url takes an address that begins with http:// or https://, not "localhost:80".'],
  [["--clock", "noon"], '--clock takes a date and time such as 2026-11-20T20:00:00Z, not "noon".'],
  [["--dry-run=yes"], "--dry-run takes no value."],
  [["here", "there"], '"there" is not understood.'],
  [["here", "--", "--port"], '"--port" is not understood.'],
])("reports the error in %j with the usage line", (args, complaint) => {
  const usage =
    "Usage: npm run serve -- PLACE [--port NUMBER] [--runs NUMBER] [--state DIRECTORY] [--var NAME:VALUE …] [--url ADDRESS] [--clock INSTANT] [--dry-run]";
  expect(parseOptions(server, args)).toEqual({ kind: "wrong", message: `${complaint}\n${usage}` });
});

const commands = Object.entries(manifest.scripts).flatMap(([name, line]) => {
  const [, path = ""] = line.match(/^node ((?:scripts|sandbox)\/[\w-]+\.ts)$/) ?? [];
  return path && readFileSync(path, "utf8").includes(" readOptions(") ? [{ name, path }] : [];
});

it("is the only way commands read their options", () => {
  const others = globSync("{scripts,sandbox}/**/*.ts").filter((path) =>
    readFileSync(path, "utf8").includes("parseArgs"),
  );
  expect(others).toEqual(["scripts/read-options.ts"]);
  expect(commands.length).toBeGreaterThan(10);
});

it.concurrent.for(commands)(
  "$name refuses an unknown option, with its own name, before it does anything",
  async (command, { expect }) => {
    const called = command.name === "start" ? "npm start" : `npm run ${command.name}`;
    const { exitCode, output, errors } = await runNode([command.path, "--no-such-option"]);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: "" });
    expect(errors).toMatch(new RegExp(`^There is no option --no-such-option\\.\nUsage: ${called} -- .+\n$`));
  },
);

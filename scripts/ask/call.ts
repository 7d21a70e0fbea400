import { readOptions } from "../read-options.ts";
import { bytesOf, logCall, runName } from "./call-log.ts";
import { openSession } from "./mcp-session.ts";
import { questions } from "./questions.ts";
import { readWorld } from "./world.ts";

/**
 * `node scripts/ask/call.ts QUESTION TOOL ['{"argument": …}'] [--run NAME]`: calls a tool while `npm run ask -- --serve`
 * runs, and prints the result's text. QUESTION is a question's id; its person's ring is read. A person's id instead
 * is for questions that are not on the list; `--as NAME` names the question then. Calls of different runs are counted
 * apart.
 */
const { values, positionals } = readOptions({
  name: "node scripts/ask/call.ts",
  takes: { words: "QUESTION TOOL ARGUMENTS", atMost: 3 },
  options: {
    run: { type: "text", value: "NAME", default: "default" },
    as: { type: "text", value: "NAME" },
  },
});

const [asked, tool, given = "{}"] = positionals;
const world = readWorld();
const input = readInput(given);
const person = questions.find(({ id }) => id === asked)?.person ?? asked;
if (world === null) fail("Nothing runs. Start `npm run ask -- --serve` in another terminal first.");
else if (asked === undefined || tool === undefined || person === undefined)
  fail("Give a question's id, a tool, and the tool's arguments as JSON.");
else if (world.tokens[person] === undefined)
  fail(`There is no question and no person "${asked}". The people are: ${Object.keys(world.tokens).join(", ")}.`);
else if (input === null) fail(`The arguments are no JSON object: ${given}`);
else if (!runName.test(values.run)) fail("--run takes lower-case letters, digits and hyphens.");
else {
  const session = await openSession(world, person);
  const { text, isError } = await session.call(tool, input);
  await session.close();
  logCall(values.run, { question: values.as ?? asked, tool, input, bytes: bytesOf(text), isError });
  console.log(text);
}

function readInput(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

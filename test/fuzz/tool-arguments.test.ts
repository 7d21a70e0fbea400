import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Held } from "../tools/ask.ts";
import { heldAs, now, readEveryday } from "./held.ts";
import { hostileJson, hostileText } from "./hostile.ts";
import { runsOf, timeoutOf } from "./plan.ts";
import { allTools, argumentsOf, callAndCheck, plausibleInput } from "./tool-calls.ts";

const instant = new Date(now).toISOString();
const tool = fc.constantFrom(...allTools);
let held: Held;

beforeAll(async () => {
  held = heldAs(await readEveryday());
});

describe("tools", () => {
  it("answer any arguments with a valid answer or an error text", { timeout: timeoutOf() }, async () => {
    const input = tool.chain((one) =>
      fc.tuple(
        fc.constant(one),
        fc.oneof({ weight: 1, arbitrary: plausibleInput(one) }, { weight: 5, arbitrary: hostileInput(one) }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(input, async ([one, given]) => {
        const told = await callAndCheck(one, given, held, instant);
        if (told.kind === "failure") expect(told.kindOfFailure).toBe("bad_input"); // the fake network has no faults here
      }),
      runsOf("tool arguments"),
    );
  });

  it("name the argument that is wrong", { timeout: timeoutOf() }, async () => {
    const withArguments = allTools.filter((one) => Object.keys(argumentsOf(one)).length > 0);
    const wrong = fc
      .constantFrom(...withArguments)
      .chain((one) =>
        fc.tuple(
          fc.constant(one),
          plausibleInput(one),
          fc.constantFrom(...Object.keys(argumentsOf(one))),
          fc.oneof(
            fc.constantFrom(null, [], [[]], {}, 0.5, -1, 1e308, ""),
            fc.array(fc.constant(null), { minLength: 1 }),
            hostileText,
          ),
        ),
      );
    await fc.assert(
      fc.asyncProperty(wrong, async ([one, good, name, value]) => {
        fc.pre(isRefused(() => one.ask({ [name]: value })));
        const told = await callAndCheck(one, { ...good, [name]: value }, held, instant);
        expect(told).toMatchObject({
          kind: "failure",
          kindOfFailure: "bad_input",
          text: expect.stringContaining(name),
        });
        expect(told).toMatchObject({
          text: expect.stringMatching(/is not accepted; write .+[.…]$|is not a day|is not an IANA zone/),
        });
      }),
      runsOf("one wrong argument"),
    );
  });
});

function isRefused(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

/** Known arguments with any value, unknown arguments, and values that are not an object. */
function hostileInput(one: (typeof allTools)[number]): fc.Arbitrary<unknown> {
  const names = Object.keys(argumentsOf(one));
  const name = names.length > 0 ? fc.oneof(fc.constantFrom(...names), hostileText) : hostileText;
  return fc.oneof(
    { weight: 5, arbitrary: fc.dictionary(name, fc.oneof(hostileJson, hostileText), { maxKeys: 6 }) },
    { weight: 1, arbitrary: hostileJson },
  );
}

import { describe, expect, it } from "vitest";
import type { Assistant } from "../../src/grants/assistants.ts";
import { findNewer, findSuperseded } from "../../src/grants/superseded.ts";

const day = 86_400_000;

/** An approval of Codex on the computer whose browser is "mac", given on day 0. */
function approval(id: string, change: Partial<Assistant> = {}): { id: string; assistant: Assistant } {
  const assistant: Assistant = {
    clientId: id,
    clientName: "Codex",
    clientDomain: null,
    redirectHost: "127.0.0.1",
    isOnThisComputer: true,
    browser: { name: "Chrome on macOS", id: "mac" },
    replacesOlder: true,
    scopes: ["daily"],
    createdAt: 0,
    firstUsedAt: null,
    lastUsedAt: null,
    revokedAt: null,
    draws: null,
    storedHere: true,
    accessToken: null,
    ...change,
  };
  return { id, assistant };
}

const older = approval("older", { lastUsedAt: 2 * day });
const newer = (change: Partial<Assistant>) => approval("newer", { createdAt: 3 * day, ...change });

describe("an older approval of one program on one computer", () => {
  it("ends once the newer one was used thirty days after its own last use, not before", () => {
    expect(findSuperseded([older, newer({ lastUsedAt: 32 * day - 1 })])).toEqual([]);
    expect(findSuperseded([older, newer({ lastUsedAt: 32 * day })])).toEqual(["older"]);
  });

  it("counts from the approval when it was never used", () => {
    const unused = approval("unused");
    expect(findSuperseded([unused, newer({ lastUsedAt: 30 * day })])).toEqual(["unused"]);
  });

  it("stays while both are in use, and while nothing is", () => {
    const inUse = approval("in-use", { lastUsedAt: 90 * day });
    expect(findSuperseded([inUse, newer({ lastUsedAt: 100 * day })])).toEqual([]);
    expect(findSuperseded([older, newer({ lastUsedAt: null })])).toEqual([]);
  });

  it.each<[string, Partial<Assistant>]>([
    ["of another browser", { browser: { name: "Chrome on macOS", id: "other" } }],
    ["of an unknown browser", { browser: null }],
    ["of another program", { clientName: "Gemini CLI" }],
    ["of a proven maker", { clientDomain: "openai.com" }],
    ["of a site instead of a program", { isOnThisComputer: false }],
    ["that is revoked", { revokedAt: 40 * day }],
    ["that is older still", { createdAt: -day }],
  ])("is not affected by one %s", (_what, change) => {
    const all = [older, newer({ lastUsedAt: 90 * day, ...change })];
    expect(findSuperseded(all).includes("older")).toBe(false);
    expect(findNewer(older, all)).toBeNull();
  });
});

it("is told from the newest one, which stays", () => {
  const middle = approval("middle", { createdAt: day, lastUsedAt: 2 * day });
  const all = [older, middle, newer({ lastUsedAt: 60 * day })];
  expect(findSuperseded(all)).toEqual(["older", "middle"]);
  expect(findNewer(middle, all)?.createdAt).toBe(3 * day);
});

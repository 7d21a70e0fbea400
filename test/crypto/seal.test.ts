import { describe, expect, it } from "vitest";
import { isSealedWithFirstKey, open, type SealingContext, seal } from "../../src/crypto/seal.ts";

const key = (id: string, fill: number) => ({ id, key: new Uint8Array(32).fill(fill) });
const ring = [key("b", 2), key("a", 1)];
const context: SealingContext = { purpose: "oura-tokens", subject: "person-1" };

describe("sealing", () => {
  it("gives back what was sealed, and never the same text twice", async () => {
    const first = await seal(ring, context, "a secret");
    expect(first).not.toContain("secret");
    expect(first).not.toBe(await seal(ring, context, "a secret"));
    expect(await open(ring, context, first)).toBe("a secret");
  });

  it("opens what an older key sealed, and says that it is old", async () => {
    const old = await seal([key("a", 1)], context, "a secret");
    expect(await open(ring, context, old)).toBe("a secret");
    expect(isSealedWithFirstKey(ring, old)).toBe(false);
    expect(isSealedWithFirstKey(ring, await seal(ring, context, "x"))).toBe(true);
  });

  it.each<[string, SealingContext]>([
    ["another person", { purpose: "oura-tokens", subject: "person-2" }],
    ["another purpose", { purpose: "session", subject: "person-1" }],
  ])("does not open for %s", async (_name, other) => {
    expect(await open(ring, other, await seal(ring, context, "a secret"))).toBeNull();
  });

  it("does not open when one character is changed, cut or added", async () => {
    const sealed = await seal(ring, context, "a secret");
    for (let at = 0; at < sealed.length; at += 7) {
      const other = sealed[at] === "A" ? "B" : "A";
      expect(await open(ring, context, sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull();
      expect(await open(ring, context, sealed.slice(0, at))).toBeNull();
    }
    expect(await open(ring, context, `${sealed}.x`)).toBeNull();
  });

  it("does not open once its key has left the ring", async () => {
    expect(await open([key("b", 2)], context, await seal([key("a", 1)], context, "a secret"))).toBeNull();
  });
});

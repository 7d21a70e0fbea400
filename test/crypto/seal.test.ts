import { createCipheriv, createDecipheriv, hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSealedWithFirstKey, open, type SealingContext, seal } from "../../src/crypto/seal.ts";

const key = (id: string, fill: number) => ({ id, key: new Uint8Array(32).fill(fill) });
const ring = [key("b", 2), key("a", 1)];
const context: SealingContext = { purpose: "oura-tokens", subject: "person-1" };

describe("sealing", () => {
  it("can be opened again, and gives a different ciphertext each time", async () => {
    const first = await seal(ring, context, "a secret");
    expect(first).not.toContain("secret");
    expect(first).not.toBe(await seal(ring, context, "a secret"));
    expect(await open(ring, context, first)).toBe("a secret");
  });

  it("is AES-256-GCM with an HKDF key, which another implementation can open", async () => {
    const [, , nonce = "", ciphertext = ""] = (await seal(ring, context, "a secret")).split(".");
    const bytes = (text: string) => Buffer.from(text, "base64url");
    const derived = hkdfSync(
      "sha256",
      new Uint8Array(32).fill(2),
      Buffer.alloc(32),
      "ringbridge/oura-tokens/person-1",
      32,
    );
    const decipher = createDecipheriv("aes-256-gcm", new Uint8Array(derived), bytes(nonce), { authTagLength: 16 });
    decipher.setAAD(Buffer.from("v1/b/oura-tokens/person-1"));
    decipher.setAuthTag(bytes(ciphertext).subarray(-16));
    expect(decipher.update(bytes(ciphertext).subarray(0, -16)).toString() + decipher.final("utf8")).toBe("a secret");
  });

  it("does not open a text with a nonce of another length, though it is encrypted with the key", async () => {
    const derived = new Uint8Array(
      hkdfSync("sha256", key("b", 2).key, Buffer.alloc(32), "ringbridge/oura-tokens/person-1", 32),
    );
    const sealWith = (length: number) => {
      const nonce = Buffer.alloc(length, 7);
      const cipher = createCipheriv("aes-256-gcm", derived, nonce, { authTagLength: 16 });
      cipher.setAAD(Buffer.from("v1/b/oura-tokens/person-1"));
      const sealed = Buffer.concat([cipher.update("a secret"), cipher.final(), cipher.getAuthTag()]);
      return ["v1", "b", nonce.toString("base64url"), sealed.toString("base64url")].join(".");
    };
    expect(await open(ring, context, sealWith(12))).toBe("a secret");
    for (const length of [8, 13, 16]) expect(await open(ring, context, sealWith(length)), `${length}`).toBeNull();
  });

  it("opens text sealed with an older key, and reports the older key", async () => {
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

  it("does not open text with one character changed, removed or added", async () => {
    const sealed = await seal(ring, context, "a secret");
    for (let at = 0; at < sealed.length; at += 7) {
      const other = sealed[at] === "A" ? "B" : "A";
      expect(await open(ring, context, sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull();
      expect(await open(ring, context, sealed.slice(0, at))).toBeNull();
    }
    expect(await open(ring, context, `${sealed}.x`)).toBeNull();
  });

  it("does not open after its key was removed from the ring", async () => {
    expect(await open([key("b", 2)], context, await seal([key("a", 1)], context, "a secret"))).toBeNull();
  });
});

describe("the format, implemented independently", () => {
  /** Seals "a secret" for person-1 by the format, optionally with another name in the key derivation or the AAD. */
  function sealByHand(names: { derived?: string; authenticated?: string }): string {
    const { derived = "oura-tokens/person-1", authenticated = "oura-tokens/person-1" } = names;
    const key = hkdfSync("sha256", new Uint8Array(32).fill(2), Buffer.alloc(32), `ringbridge/${derived}`, 32);
    const nonce = Buffer.alloc(12, 9);
    const cipher = createCipheriv("aes-256-gcm", new Uint8Array(key), nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(`v1/b/${authenticated}`));
    const sealed = Buffer.concat([cipher.update("a secret", "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1.b.${nonce.toString("base64url")}.${sealed.toString("base64url")}`;
  }

  it("opens", async () => {
    expect(await open(ring, context, sealByHand({}))).toBe("a secret");
  });

  it("binds person and purpose in the key and in the AAD: each alone prevents opening for another purpose", async () => {
    for (const other of ["oura-tokens/person-2", "session/person-1", "oura-tokens", ""]) {
      expect(await open(ring, context, sealByHand({ derived: other }))).toBeNull();
      expect(await open(ring, context, sealByHand({ authenticated: other }))).toBeNull();
    }
  });
});

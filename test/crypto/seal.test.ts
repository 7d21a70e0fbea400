import { describe, expect, it } from "vitest";
import { isSealedWithFirstKey, open, type SealingContext, seal } from "../../src/crypto/seal.ts";

const key = (id: string, fill: number) => ({ id, key: new Uint8Array(32).fill(fill) });
const ring = [key("b", 2), key("a", 1)];
const context: SealingContext = { purpose: "oura-tokens", subject: "person-1" };

describe("sealing", () => {
  it("can be opened again, and gives a different ciphertext each time", () => {
    const first = seal(ring, context, "a secret");
    expect(first).not.toContain("secret");
    expect(first).not.toBe(seal(ring, context, "a secret"));
    expect(open(ring, context, first)).toBe("a secret");
  });

  it("is AES-256-GCM with an HKDF key, which another implementation can open", async () => {
    const [, , nonce = "", ciphertext = ""] = seal(ring, context, "a secret").split(".");
    const bytes = (text: string) => Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const text = (value: string) => new TextEncoder().encode(value);
    const material = await crypto.subtle.importKey("raw", new Uint8Array(32).fill(2), "HKDF", false, ["deriveKey"]);
    const info = text("ringbridge/oura-tokens/person-1");
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info };
    const derived = await crypto.subtle.deriveKey(hkdf, material, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const gcm = { name: "AES-GCM", iv: bytes(nonce), additionalData: text("v1/b/oura-tokens/person-1") };
    const opened = await crypto.subtle.decrypt(gcm, derived, bytes(ciphertext));
    expect(new TextDecoder().decode(opened)).toBe("a secret");
  });

  it("opens text sealed with an older key, and reports the older key", () => {
    const old = seal([key("a", 1)], context, "a secret");
    expect(open(ring, context, old)).toBe("a secret");
    expect(isSealedWithFirstKey(ring, old)).toBe(false);
    expect(isSealedWithFirstKey(ring, seal(ring, context, "x"))).toBe(true);
  });

  it.each<[string, SealingContext]>([
    ["another person", { purpose: "oura-tokens", subject: "person-2" }],
    ["another purpose", { purpose: "session", subject: "person-1" }],
  ])("does not open for %s", (_name, other) => {
    expect(open(ring, other, seal(ring, context, "a secret"))).toBeNull();
  });

  it("does not open text with one character changed, removed or added", () => {
    const sealed = seal(ring, context, "a secret");
    for (let at = 0; at < sealed.length; at += 7) {
      const other = sealed[at] === "A" ? "B" : "A";
      expect(open(ring, context, sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeNull();
      expect(open(ring, context, sealed.slice(0, at))).toBeNull();
    }
    expect(open(ring, context, `${sealed}.x`)).toBeNull();
  });

  it("does not open after its key was removed from the ring", () => {
    expect(open([key("b", 2)], context, seal([key("a", 1)], context, "a secret"))).toBeNull();
  });
});

describe("the format, implemented independently", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const base64url = (data: Uint8Array) => data.toBase64({ alphabet: "base64url", omitPadding: true });

  /** Seals "a secret" for person-1 by the format, optionally with another name in the key derivation or the AAD. */
  async function sealByHand(names: { derived?: string; authenticated?: string }): Promise<string> {
    const { derived = "oura-tokens/person-1", authenticated = "oura-tokens/person-1" } = names;
    const material = await crypto.subtle.importKey("raw", new Uint8Array(32).fill(2), "HKDF", false, ["deriveKey"]);
    const derivation = {
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(32),
      info: bytes(`ringbridge/${derived}`),
    };
    const key = await crypto.subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, [
      "encrypt",
    ]);
    const iv = new Uint8Array(12).fill(9);
    const additionalData = bytes(`v1/b/${authenticated}`);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, bytes("a secret"));
    return `v1.b.${base64url(iv)}.${base64url(new Uint8Array(sealed))}`;
  }

  it("opens", async () => {
    expect(await open(ring, context, await sealByHand({}))).toBe("a secret");
  });

  it("binds person and purpose in the key and in the AAD: each alone prevents opening for another purpose", async () => {
    for (const other of ["oura-tokens/person-2", "session/person-1", "oura-tokens", ""]) {
      expect(await open(ring, context, await sealByHand({ derived: other }))).toBeNull();
      expect(await open(ring, context, await sealByHand({ authenticated: other }))).toBeNull();
    }
  });
});

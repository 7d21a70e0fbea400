import fc from "fast-check";
import { expect, it } from "vitest";
import {
  accountIdFromHandle,
  accountIdToHandle,
  createAccountId,
  createAccountKey,
  parseAccountKey,
} from "../../src/account/account-key.ts";

it("is parsed in every way a person may type it", () => {
  const accountId = createAccountId();
  const { text, secret } = createAccountKey(accountId);
  for (const typed of [
    text,
    text.toUpperCase(),
    text.replaceAll("-", " "),
    text.replaceAll("0", "O").replaceAll("1", "l"),
  ]) {
    expect(parseAccountKey(typed)).toEqual({ accountId, secret });
  }
});

it("contains the account id and 160 random bits", () => {
  const { secret, text } = createAccountKey(createAccountId());
  expect(secret).toHaveLength(32); // 20 bytes in base32
  expect(text).toMatch(/^[0-9a-z]{6}(-[0-9a-z]{1,6})+$/);
});

it("refuses text that is not a key", () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => parseAccountKey(text) === null));
  expect(parseAccountKey(`${createAccountKey(createAccountId()).text}00`)).toBeNull();
});

it("turns account ids into WebAuthn user handles and back", () => {
  const accountId = createAccountId();
  const handle = accountIdToHandle(accountId).toBase64({ alphabet: "base64url", omitPadding: true });
  expect(accountIdFromHandle(handle)).toBe(accountId);
  expect(accountIdFromHandle("")).toBeNull();
  expect(accountIdFromHandle("!!")).toBeNull();
});

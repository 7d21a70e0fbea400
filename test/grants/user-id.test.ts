import fc from "fast-check";
import { expect, it } from "vitest";
import { createAccountId } from "../../src/account/account-key.ts";
import type { SealingKey } from "../../src/crypto/seal.ts";
import { readUserId, writeUserId } from "../../src/grants/user-id.ts";

function createKey(id: string): SealingKey {
  return { id, key: crypto.getRandomValues(new Uint8Array(32)) };
}

const [older, newer] = [createKey("older"), createKey("newer")];
const accountId = createAccountId();

it("names its account, and holds no colon, which would end it in a token", async () => {
  const userId = await writeUserId([older], accountId);
  expect(userId).not.toContain(":");
  expect(await readUserId([older], userId)).toEqual({ kind: "tagged", accountId });
});

it("stays valid when a new key is put in front, and ends when its own key is removed", async () => {
  const userId = await writeUserId([older], accountId);
  expect(await readUserId([newer, older], userId)).toEqual({ kind: "tagged", accountId });
  expect(await readUserId([newer], userId)).toEqual({ kind: "forged" });
});

it("is forged when the tag belongs to another account, was changed, or is missing half", async () => {
  const userId = await writeUserId([older], accountId);
  const other = createAccountId();
  expect(await readUserId([older], `${other}.${userId.split(".")[1]}`)).toEqual({ kind: "forged" });
  expect(await readUserId([older], userId.slice(0, -1))).toEqual({ kind: "forged" });
  expect(await readUserId([older], `${userId}0`)).toEqual({ kind: "forged" });
  expect(await readUserId([older], `${accountId}.`)).toEqual({ kind: "forged" });
  expect(await readUserId([older], "")).toEqual({ kind: "forged" });
});

it("without a tag is one of 0.1.0", async () => {
  expect(await readUserId([older], accountId)).toEqual({ kind: "untagged", accountId });
});

it("is never accepted when somebody invents it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (left, right) => {
      expect(await readUserId([older], `${left}.${right}`)).toEqual({ kind: "forged" });
    }),
  );
});

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { theRegistry } from "../../src/registry/registry.ts";
import { createRefusalCount, isWithinLimit } from "../../src/web/limits.ts";
import { emptyStorage } from "../support/empty-storage.ts";

/** The key under which an address is counted. */
async function keyOf(address: string | null): Promise<string> {
  let seen = "";
  const limiter: RateLimit = {
    limit: async ({ key }) => {
      seen = key;
      return { success: true };
    },
  };
  await isWithinLimit(
    { LIMIT_NETWORK: { limit: async () => ({ success: true }) } },
    limiter,
    new Request("http://localhost/", { headers: address ? { "cf-connecting-ip": address } : {} }),
  );
  return seen;
}

it("counts each IPv4 address separately", async () => {
  expect(await keyOf("192.0.2.7")).toBe("192.0.2.7");
  expect(await keyOf(null)).toBe("unknown");
});

it.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2"],
  ["::1", "0:0:0:0"],
  ["2001:db8::", "2001:db8:0:0"],
])("counts %s together with its /64", async (address, key) => {
  expect(await keyOf(address)).toBe(key);
});

it("reports refused attempts to the registry once a minute, regardless of their number", async () => {
  await emptyStorage();
  let now = 0;
  const countRefusal = createRefusalCount(() => now);
  const told: number[] = [];
  for (const at of [0, 1_000, 2_000, 59_999, 60_000, 61_000]) {
    now = at;
    const context = createExecutionContext();
    countRefusal(env, context);
    await waitOnExecutionContext(context);
    told.push((await theRegistry(env).overview()).troubles_today.too_many_attempts);
  }
  expect(told).toEqual([1, 1, 1, 1, 5, 5]);
});

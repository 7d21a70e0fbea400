import fc from "fast-check";
import { expect, it } from "vitest";
import { accountIdFromHandle, parseAccountKey } from "../../src/account/account-key.ts";
import { parseIsoDay, parseOffset, zoneOffsetMinutes } from "../../src/analytics/day.ts";
import { readSettings } from "../../src/config.ts";
import { open, seal } from "../../src/crypto/seal.ts";
import { parseScopes, scopeNames } from "../../src/oura/scopes.ts";
import { browserName, safeNext } from "../../src/web/session.ts";
import { formatDay } from "../../src/words/present.ts";
import { hostileJson, hostileText } from "./hostile.ts";
import { runsOf, timeoutOf } from "./plan.ts";

const ring = [{ id: "k", key: new Uint8Array(32).fill(3) }];
const context = { purpose: "session", subject: "" } as const;

it("parsers accept any text and report what they cannot parse", { timeout: timeoutOf() }, async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileJson, async (text, json) => {
      const key = parseAccountKey(text);
      if (key !== null) expect(key.accountId).toHaveLength(26);
      const id = accountIdFromHandle(text);
      if (id !== null) expect(id).toHaveLength(26);
      const day = parseIsoDay(text);
      if (day !== null) expect(formatDay(day)).not.toContain("Invalid");
      const offset = parseOffset(text);
      if (offset !== null) expect(Number.isFinite(offset)).toBe(true);
      const zone = zoneOffsetMinutes(Date.UTC(2026, 0, 1), text);
      if (zone !== null) expect(Math.abs(zone)).toBeLessThan(24 * 60);
      for (const scope of parseScopes(text)) expect(scopeNames).toContain(scope);
      expect(new URL(safeNext(text), "https://here.test").origin).toBe("https://here.test");
      expect(browserName(text).length).toBeLessThan(40);
      expect(await open(ring, context, text)).toBeNull();
      expect(await open(ring, context, `v1.k.${text}`)).toBeNull();
      expect(await open(ring, context, await seal(ring, context, text))).toBe(text.toWellFormed());
      const settings = {
        OURA_CLIENT_ID: json,
        TOKEN_KEYS: text,
        PUBLIC_URL: text,
        BETA_CAPACITY: json,
        OURA_API_URL: json,
      };
      expect(["ready", "incomplete"]).toContain(readSettings(settings).kind);
    }),
    runsOf("keys, days, scopes and addresses"),
  );
});

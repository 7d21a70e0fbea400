import fc from "fast-check";
import { expect, it } from "vitest";
import { headerText } from "./hostile.ts";
import { expectSound } from "./invariants.ts";
import { useOneAssistant } from "./one-assistant.ts";
import { runsOf, timeoutOf } from "./plan.ts";
import { sendAs } from "./senders.ts";

const { assistant, watch } = useOneAssistant();

const name = fc.constantFrom(
  ...["accept", "content-type", "origin", "authorization", "cookie", "host", "last-event-id"],
  ...["mcp-session-id", "mcp-protocol-version", "mcp-method", "mcp-name"],
  ...["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"],
);
const long = fc.tuple(fc.constantFrom("a", ",", ";", "a=b; ", "*/*, ", "["), fc.integer({ min: 1, max: 3_000 }));
const value = fc.oneof(
  { weight: 3, arbitrary: headerText },
  { weight: 1, arbitrary: long.map(([part, times]) => part.repeat(times)) },
);
const odd = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 4 });

it("answers requests with odd or very long headers without server errors or leaks", {
  timeout: timeoutOf(),
}, async () => {
  const list = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" });
  const json = { "content-type": "application/json", accept: "application/json, text/event-stream" };
  const bearer = () => ({ authorization: `Bearer ${assistant().tokens.access_token}` });
  const paths = {
    mcp: "/mcp",
    "mcp with a token": "/mcp",
    page: "/panel",
    token: "/oauth/token",
    register: "/register",
  };
  const kind = fc.constantFrom("mcp", "mcp with a token", "page", "token", "register");
  await fc.assert(
    fc.asyncProperty(kind, odd, async (to, changes) => {
      const headers = new Headers(to === "mcp with a token" ? { ...json, ...bearer() } : json);
      if (to === "token") headers.set("content-type", "application/x-www-form-urlencoded");
      for (const [header, text] of changes) headers.set(header, text);
      const post = { method: "POST", headers, body: to === "token" ? "grant_type=refresh_token" : list };
      await expectSound(await sendAs(null, paths[to], to === "page" ? { method: "GET", headers } : post));
    }),
    runsOf("odd headers"),
  );
  expect(watch.faults).toEqual([]);
});

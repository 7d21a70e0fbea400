import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { origin } from "../support/product.ts";
import { headerText, hostileJson, hostileText } from "./hostile.ts";
import { expectSound } from "./invariants.ts";
import { useOneAssistant } from "./one-assistant.ts";
import { runsOf, timeoutOf } from "./plan.ts";
import { sendAs } from "./senders.ts";

const { assistant, watch } = useOneAssistant();

/** Every address that accepts a form, except those that end the shared session. */
const formPaths = [
  ...["/authorize", "/connect", "/disconnect", "/take-over", "/register", "/account-key", "/passkeys/remove"],
  ...["/assistants/revoke", "/assistants/revoke-all", "/assistants/narrow", "/sessions/end", "/sign-in/key"],
  ...["/confirm/key"],
];
const jsonPaths = [
  ...["/create-account/options", "/create-account/passkey", "/sign-in/options", "/sign-in/passkey"],
  ...["/passkeys/options", "/passkeys", "/operator", "/confirm/options"],
];
const pagePaths = [
  ...["/", "/help", "/privacy", "/terms", "/health", "/robots.txt", "/favicon.ico", "/panel", "/sign-in", "/register"],
  ...[
    "/create-account",
    "/disconnect",
    "/delete-account",
    "/oura/callback",
    "/confirm",
    "/assets/style.css",
    "/assets/__proto__",
  ],
  ...["/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-authorization-server", "/nowhere", "/%", "/%ff"],
];
const endingPaths = ["/sign-out", "/sign-out-everywhere", "/delete-account", "/create-account/key"];

const field = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom("handle", "decision", "scope", "next", "id", "key", "invitation", "revoke", "profile"),
  },
  { weight: 1, arbitrary: hostileText },
);
const fieldValue = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        "allow",
        "deny",
        "cancel",
        "yes",
        "daily",
        "stress",
        "personal",
        "/authorize?",
        "/panel",
        "/authorize?client_id=x",
      ],
      ...["https://evil.test/", "/\\evil.test", "0".repeat(58), "zzzzzz-".repeat(10)],
    ),
  },
);
const form = fc.array(fc.tuple(field, fieldValue), { maxLength: 6 });

const bodies: fc.Arbitrary<BodyInit> = fc.oneof(
  { weight: 6, arbitrary: form.map((fields) => new URLSearchParams(fields)) },
  { weight: 1, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: form.map((fields) => {
      const data = new FormData();
      for (const [name, value] of fields) data.append(name, value);
      data.append("handle", new File(["x"], "x.txt"));
      return data;
    }),
  },
);

/** Checks that a redirect to another site leads only to Oura or the client. */
function expectKnownTarget(response: Response): void {
  const location = response.headers.get("location");
  if (location === null) return;
  expect([origin, "https://oura.test", "http://127.0.0.1:4711"], location.slice(0, 200)).toContain(
    new URL(location, origin).origin,
  );
}

async function expectPage(response: Response): Promise<void> {
  await expectSound(response);
  expectKnownTarget(response);
  const isHtml = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (isHtml) expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
}

describe("pages", () => {
  it("answer any form of a signed-in person without server errors", { timeout: timeoutOf() }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...formPaths), bodies, hostileText, async (path, body, query) => {
        const address = `${path}?${new URLSearchParams({ client_id: query, next: query })}`;
        await expectPage(await sendAs(assistant().browser.cookies(), address, { method: "POST", body }));
      }),
      runsOf("forms with a session"),
    );
    expect(watch.faults).toEqual([]);
  });

  it("answer any request of a stranger without server errors", { timeout: timeoutOf() }, async () => {
    const credential = fc.record(
      {
        id: fc.oneof(hostileText, hostileJson),
        rawId: fc.oneof(hostileText, hostileJson),
        type: fc.constantFrom("public-key", "other"),
        clientExtensionResults: fc.oneof(fc.constant({}), hostileJson),
        response: fc.record(
          {
            clientDataJSON: hostileText,
            attestationObject: hostileText,
            authenticatorData: hostileText,
            signature: hostileText,
            userHandle: fc.oneof(fc.constant("AAAAAAAAAAAAAAAAAAAAAA"), hostileText),
            transports: hostileJson,
          },
          { requiredKeys: ["clientDataJSON"] },
        ),
      },
      { requiredKeys: ["id", "rawId", "type", "response"] },
    );
    const json = fc.oneof(
      fc.record({ response: credential, next: hostileText }),
      fc.record({ command: hostileText }),
      hostileJson,
    );
    const anywhere = fc.constantFrom(...formPaths, ...pagePaths, ...endingPaths);
    const madeUp = hostileText.map((text) => `/${encodeURI(text.toWellFormed()).slice(0, 2_000)}`);
    const formed = fc.tuple(fc.oneof({ weight: 8, arbitrary: anywhere }, { weight: 1, arbitrary: madeUp }), bodies);
    const target: fc.Arbitrary<[string, BodyInit]> = fc.oneof(
      { weight: 3, arbitrary: formed },
      {
        weight: 2,
        arbitrary: fc.tuple(
          fc.constantFrom(...jsonPaths),
          json.map((value) => JSON.stringify(value) ?? ""),
        ),
      },
    );
    const headers = fc.dictionary(
      fc.constantFrom(
        ...["accept", "content-type", "user-agent", "origin", "referer", "accept-language", "sec-fetch-site", "range"],
        ...[
          "x-forwarded-host",
          "x-forwarded-proto",
          "forwarded",
          "if-none-match",
          "authorization",
          "x-http-method-override",
        ],
      ),
      headerText,
      { maxKeys: 3 },
    );
    const method = fc.constantFrom("POST", "POST", "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH");
    await fc.assert(
      fc.asyncProperty(method, target, headers, async (how, [where, content], given) => {
        const carries = how !== "GET" && how !== "HEAD";
        await expectPage(
          await sendAs(null, where, { method: how, headers: given, ...(carries ? { body: content } : {}) }),
        );
      }),
      runsOf("requests of strangers"),
    );
    expect(watch.faults).toEqual([]);
  });

  it("answer any cookie without server errors", { timeout: timeoutOf() }, async () => {
    const names = fc.constantFrom(
      ...["session", "ceremony", "connect"].map((name) => `__Host-${name}`),
      "session",
      "x",
    );
    const value = fc.oneof(
      headerText.map((text) => text.replace(/[;,]/g, "")),
      fc.tuple(fc.nat(300), headerText).map(([at, odd]) => {
        const sealed = /__Host-session=([^;]+)/.exec(assistant().browser.cookies())?.[1] ?? "";
        return `${sealed.slice(0, at)}${odd.slice(0, 2).replace(/[;,]/g, "")}${sealed.slice(at + 1)}`;
      }),
      fc.constantFrom(
        "v1.test..",
        "v1.test.AAAA.AAAA",
        "v1...",
        "....",
        "%",
        "%E0%A4%A",
        '"',
        "v1.__proto__.AAAA.AAAA",
      ),
    );
    const cookies = fc.array(fc.tuple(names, value), { maxLength: 4 });
    const path = fc.constantFrom(
      "/panel",
      "/register",
      "/disconnect",
      "/oura/callback?state=panel-x&code=y",
      "/authorize?client_id=x",
    );
    await fc.assert(
      fc.asyncProperty(cookies, path, async (jar, where) => {
        const sent = jar.map(([name, text]) => `${name}=${text}`).join("; ");
        fc.pre(!sent.includes(/__Host-session=[^;]+/.exec(assistant().browser.cookies())?.[0] ?? "nothing"));
        const response = await sendAs(sent, where, { method: "GET" });
        await expectPage(response);
        if (where === "/panel") expect(response.headers.get("location")).toBe("/sign-in");
      }),
      runsOf("cookies"),
    );
    expect(watch.faults).toEqual([]);
  });
});

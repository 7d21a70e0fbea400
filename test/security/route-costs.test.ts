import { env, exports } from "cloudflare:workers";
import { expect, inject, it } from "vitest";
import page from "../../docs/security.md?raw";
import { readPageForm } from "../../sandbox/page-form.ts";
import { createSoftwarePasskey } from "../../sandbox/software-passkey.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { allowAtOura, createAccount } from "../../sandbox/walk.ts";
import { createAccountId, createAccountKey } from "../../src/account/account-key.ts";
import { readSettings } from "../../src/config.ts";
import { createRouter } from "../../src/router.tsx";
import { openTokenForm } from "../support/access-tokens.ts";
import { assertionType, createKeyedClient } from "../support/client-assertions.ts";
import { clock } from "../support/clock.ts";
import { openConsent, sendToOura } from "../support/consent.ts";
import { type Cost, measure } from "../support/costs.ts";
import { type Assistant, connectAssistant, createBrowser, origin } from "../support/product.ts";
import { refreshForm } from "../support/token-requests.ts";
import { mcpRequest } from "../support/wire.ts";

let addresses = 0;

function get(path: string, cookie = ""): Request {
  return new Request(`${origin}${path}`, { headers: { accept: "text/html", ...senderOf(cookie) } });
}

function post(path: string, fields: Record<string, string> | object = {}, cookie = "", type: "form" | "json" = "form") {
  const body = type === "json" ? JSON.stringify(fields) : `${new URLSearchParams(Object.entries(fields))}`;
  const contentType = type === "json" ? "application/json" : "application/x-www-form-urlencoded";
  return new Request(`${origin}${path}`, {
    method: "POST",
    body,
    headers: { origin, accept: "application/json", "content-type": contentType, ...senderOf(cookie) },
  });
}

function senderOf(cookie: string): Record<string, string> {
  addresses += 1;
  return { "cf-connecting-ip": `10.30.${addresses >> 8}.${addresses & 255}`, ...(cookie && { cookie }) };
}

type CreationOptions = Parameters<ReturnType<typeof createSoftwarePasskey>["create"]>[0];
type Make = () => Request | Promise<Request>;

/** The most expensive request that a test found for a route: of somebody without, and with, an account or a token. */
interface Route {
  route: string;
  anonymous: Make;
  signedIn: Make;
}

/** A page or form whose request does not depend on who sends it. */
function usual(route: string, fields: Record<string, string> = { id: "x", next: "/panel" }): Route {
  const [method, path = ""] = route.split(" ");
  const make = (cookie: string) => (method === "GET" ? get(path, cookie) : post(path, fields, cookie));
  return { route, anonymous: () => make(""), signedIn: () => make(person.browser.cookies()) };
}

/** The same for what changes or ends an account: each request comes from a person of its own. */
function ofNewPerson(route: string, fields: (browser: Visitor) => Promise<Record<string, string>>): Route {
  const [, path = ""] = route.split(" ");
  return {
    route,
    anonymous: () => post(path, { next: "/panel" }),
    async signedIn() {
      const { browser } = await connectAssistant({ person: "two_rings" });
      return post(path, await fields(browser), browser.cookies());
    },
  };
}

const json = (route: string, body: object): Route => {
  const [, path = ""] = route.split(" ");
  const make = (cookie: string) => post(path, body, cookie, "json");
  return { route, anonymous: () => make(""), signedIn: () => make(person.browser.cookies()) };
};

let person: Assistant;

/** An invented account key: its form is right, so it reaches an agent. */
const inventedKey = () => createAccountKey(createAccountId()).text;
const noCredential = {
  id: "x",
  rawId: "x",
  type: "public-key",
  response: { clientDataJSON: "x", authenticatorData: "x", attestationObject: "x", signature: "x", userHandle: "x" },
};
const newClient = { client_name: "x", redirect_uris: ["http://127.0.0.1/cb"], token_endpoint_auth_method: "none" };

async function assistantId(browser: Visitor): Promise<string> {
  const panel = await (await browser.open("/panel")).text();
  return /action="\/assistants\/revoke"[^>]*>\s*<input type="hidden" name="id" value="([^"]+)"/.exec(panel)?.[1] ?? "";
}

/** The cookies of somebody who has just created an account. */
async function newCookies(): Promise<string> {
  const browser = createBrowser();
  await createAccount(browser);
  return browser.cookies();
}

/** What a browser sends to create an account with a passkey; the passkey is genuine. */
async function newPasskey(cookies: string): Promise<Request> {
  const started = await exports.default.fetch(post("/create-account/options", {}, cookies, "json"));
  const ceremony = cookieOf(started);
  const response = await createSoftwarePasskey({ origin }).create(await started.json<CreationOptions>());
  return post("/create-account/passkey", { response }, [cookies, ceremony].filter(Boolean).join("; "), "json");
}

/** A sign-in with a passkey that names an account that does not exist. */
async function inventedSignIn(cookies: string): Promise<Request> {
  const ceremony = cookieOf(await exports.default.fetch(post("/sign-in/options", {}, cookies, "json")));
  const userHandle = crypto.getRandomValues(new Uint8Array(16)).toBase64({ alphabet: "base64url", omitPadding: true });
  const response = { ...noCredential, response: { ...noCredential.response, userHandle } };
  return post("/sign-in/passkey", { response }, [cookies, ceremony].filter(Boolean).join("; "), "json");
}

function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

async function ticketOf(browser: Visitor): Promise<string> {
  return readPageForm(await (await browser.open("/create-account")).text()).fields.ticket ?? "";
}

async function anonymousTokenRequest(): Promise<Request> {
  const client = await createKeyedClient(origin, clock.now);
  return post("/oauth/token", {
    grant_type: "authorization_code",
    code: `${person.tokens.access_token.split(":")[0]}:0123456789abcdef:${"x".repeat(32)}`,
    client_assertion: await client.assert(),
    client_assertion_type: assertionType,
  });
}

/** Pages and files that are the same for everybody. */
const publicPaths = [
  "/",
  "/help",
  "/privacy",
  "/terms",
  "/health",
  "/robots.txt",
  "/assets/:name",
  "/favicon.ico",
  "/llms.txt",
  "/.well-known/mcp/server-card.json",
  "/.well-known/mcp-registry-auth",
  "/.well-known/openai-apps-challenge",
  "/mcp",
];

const routes: Route[] = [
  ...publicPaths.map((path) => usual(`GET ${path}`)),
  usual("GET /create-account"),
  usual("GET /sign-in"),
  json("POST /create-account/options", {}),
  {
    route: "POST /create-account/passkey",
    anonymous: () => newPasskey(""),
    signedIn: async () => newPasskey(await newCookies()),
  },
  {
    route: "POST /create-account/key",
    anonymous: async () => post("/create-account/key", { ticket: await ticketOf(createBrowser()) }),
    signedIn: async () => post("/create-account/key", { ticket: await ticketOf(person.browser) }, await newCookies()),
  },
  json("POST /sign-in/options", {}),
  {
    route: "POST /sign-in/passkey",
    anonymous: () => inventedSignIn(""),
    signedIn: () => inventedSignIn(person.browser.cookies()),
  },
  {
    route: "POST /sign-in/key",
    anonymous: () => post("/sign-in/key", { key: inventedKey() }),
    signedIn: () => post("/sign-in/key", { key: inventedKey() }, person.browser.cookies()),
  },
  json("POST /passkeys/options", {}),
  json("POST /passkeys", { response: noCredential }),
  usual("POST /passkeys/name", { id: "x", name: "x" }),
  usual("POST /passkeys/remove"),
  ofNewPerson("POST /account-key", async () => ({})),
  ofNewPerson("POST /sign-out", async () => ({})),
  ofNewPerson("POST /sign-out-everywhere", async () => ({})),
  usual("GET /confirm"),
  json("POST /confirm/options", {}),
  {
    route: "POST /confirm/key",
    anonymous: () => post("/confirm/key", { key: inventedKey() }),
    signedIn: () => post("/confirm/key", { key: createAccountKey(person.accountId).text }, person.browser.cookies()),
  },
  {
    route: "GET /authorize",
    anonymous: async () => get((await openConsent()).address),
    async signedIn() {
      const consent = await openConsent();
      return get(consent.address, consent.browser.cookies());
    },
  },
  {
    route: "POST /authorize",
    anonymous: async () => post((await openConsent()).address, { handle: "x", decision: "allow", scope: "daily" }),
    async signedIn() {
      const consent = await openConsent(person.browser); // is connected, so this request issues the code
      return post(consent.address, Object.fromEntries(consent.form()), person.browser.cookies());
    },
  },
  {
    route: "GET /oura/callback",
    anonymous: () => get("/oura/callback?state=x&code=x"),
    async signedIn() {
      const consent = await openConsent();
      const { location } = await sendToOura(consent);
      const back = new URL(await allowAtOura(consent.browser, location, "far_east"));
      return get(`${back.pathname}${back.search}`, consent.browser.cookies());
    },
  },
  usual("POST /connect"),
  usual("POST /take-over"),
  ofNewPerson("POST /disconnect", async () => ({ revoke: "yes" })),
  usual("GET /disconnect"),
  usual("GET /panel"),
  usual("GET /register?invitation=x"),
  {
    route: "POST /register",
    anonymous: () => post("/register", { next: "/panel" }),
    async signedIn() {
      const browser = createBrowser();
      await createAccount(browser);
      return post("/register", { next: "/panel" }, browser.cookies());
    },
  },
  usual("POST /assistants/narrow", { id: "x", scope: "daily" }),
  ofNewPerson("POST /assistants/revoke", async (browser) => ({ id: await assistantId(browser) })),
  ofNewPerson("POST /assistants/revoke-all", async () => ({})),
  usual("GET /access-token"),
  {
    route: "POST /access-token",
    anonymous: () => post("/access-token", { name: "x", days: "30", scope: "daily" }),
    async signedIn() {
      const form = Object.fromEntries(await openTokenForm(person.browser, { scopes: ["daily"] }));
      return post("/access-token", form, person.browser.cookies());
    },
  },
  usual("POST /sessions/end"),
  usual("GET /delete-account"),
  ofNewPerson("POST /delete-account", async () => ({})),
  usual("POST /preview"),
  usual("GET /preview/view"),
  {
    route: "POST /operator",
    anonymous: () => post("/operator", { command: "status" }, "", "json"),
    signedIn() {
      const request = post("/operator", { command: "status" }, "", "json");
      request.headers.set("authorization", "Bearer operator-key-of-the-tests");
      return request;
    },
  },
  usual("GET /.well-known/oauth-authorization-server"),
  usual("GET /.well-known/oauth-protected-resource/mcp"),
  {
    route: "POST /oauth/register",
    anonymous: () => post("/oauth/register", newClient, "", "json"),
    signedIn: () => post("/oauth/register", newClient, person.browser.cookies(), "json"),
  },
  {
    route: "POST /oauth/token",
    anonymous: anonymousTokenRequest,
    async signedIn() {
      const assistant = await connectAssistant({ person: "two_rings" });
      return post("/oauth/token", refreshForm(assistant, assistant.tokens.refresh_token ?? ""));
    },
  },
  {
    route: "POST /mcp",
    anonymous: () =>
      mcpRequest(`${person.tokens.access_token.slice(0, -1)}${person.tokens.access_token.endsWith("a") ? "b" : "a"}`),
    signedIn: () =>
      mcpRequest(person.tokens.access_token, {
        method: "tools/call",
        params: { name: "oura_get_device", arguments: {} },
      }),
  },
];

interface Measured {
  route: string;
  cost: Cost;
}

/** One of the two tables of the page. Routes whose request uses nothing have no row. */
function tableOf(sender: string, measured: Measured[]): string {
  const rows = measured
    .filter(({ cost }) => Object.values(cost).some((count) => count > 0))
    .map(({ route, cost }) => `| \`${route}\` | ${operationsOf(cost)} | ${cost.objects} | ${cost.made} |`);
  return [
    `Each row of this table is about one request ${sender} an account or token:\n`,
    `| one request ${sender} an account or token | operations in Workers KV | requests to Durable Objects | new Durable Objects |`,
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

function operationsOf({ reads, writes, lists, deletes }: Cost): string {
  const counts = Object.entries({ read: reads, write: writes, list: lists, delete: deletes });
  const words = counts.flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}${count === 1 ? "" : "s"}`]));
  return words.join(", ") || "none";
}

/** Routes whose signed-in request has to succeed; otherwise the test would measure a refusal. */
const succeeding = [
  ...["GET /authorize", "POST /authorize", "GET /oura/callback", "POST /connect", "GET /panel", "POST /register"],
  ...["POST /disconnect", "POST /delete-account", "POST /assistants/revoke", "POST /preview", "POST /operator"],
  ...[
    "GET /access-token",
    "POST /access-token",
    "POST /create-account/key",
    "POST /create-account/passkey",
    "POST /account-key",
  ],
  ...["POST /oauth/register", "POST /oauth/token", "POST /mcp"],
];

function isSuccess(status: number): boolean {
  return status < 400;
}

it("lists every route of the worker", () => {
  const settings = readSettings(env);
  if (settings.kind !== "ready") throw new Error("the test pool has all settings");
  const known = routes.map(({ route }) => route.split("?")[0]);
  const existing = createRouter(settings, origin)
    .routes.filter(({ method, path: route }) => method !== "ALL" && route !== "*")
    .map(({ method, path: route }) => `${method} ${route}`);
  expect([...new Set(existing)].filter((route) => !known.includes(route))).toEqual([]);
});

it("costs no more than the tables in docs/security.md say; `npm run docs:costs` writes them again", async () => {
  person = await connectAssistant();
  await createAccount(createBrowser()); // the day's first account also makes the registry's key of the day
  const ofStrangers: Measured[] = [];
  const ofOwners: Measured[] = [];
  for (const { route, anonymous, signedIn } of routes) {
    const [stranger, owner] = [await measure(await anonymous()), await measure(await signedIn())];
    expect([route, stranger.response.status < 500, owner.response.status < 500]).toEqual([route, true, true]);
    if (succeeding.includes(route))
      expect([route, owner.response.status]).toEqual([route, expect.toSatisfy(isSuccess)]);
    ofStrangers.push({ route, cost: stranger.cost });
    ofOwners.push({ route, cost: owner.cost });
  }
  const tables = [tableOf("without", ofStrangers), tableOf("with", ofOwners)].join("\n\n");
  if (inject("writesTables")) console.log(`${tableStart}\n${tables}\n${tableEnd}`);
  else expect(readTables(page)).toBe(tables);
}, 120_000);

const tableStart = "<!-- route costs -->";
const tableEnd = "<!-- end of route costs -->";

function readTables(text: string): string {
  return text.split(tableStart)[1]?.split(tableEnd)[0]?.trim() ?? "";
}

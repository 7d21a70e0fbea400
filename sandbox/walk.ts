import { z } from "zod";
import { readHeading, readPageForm } from "./page-form.ts";
import { createSoftwarePasskey, type SoftwarePasskey } from "./software-passkey.ts";
import { type Visitor, WalkError } from "./visitor.ts";

/**
 * The steps of a person and their assistant through the product, over plain HTTP. Nothing is mocked and no page is
 * skipped. For `npm run sandbox:token` and for tests.
 */

/** The product's OAuth server as described by its metadata. */
export interface AuthorizationServer {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  registrationEndpoint: string;
  /** The MCP endpoint, for which tokens are issued (RFC 8707). */
  resource: string;
  scopes: readonly string[];
}

export interface AssistantClient {
  clientId: string;
  redirectUri: string;
}

export interface Choices {
  person: string;
  /** What the assistant may read; null keeps the consent page's default selection. */
  scopes: readonly string[] | null;
}

/** The part of the site's WebAuthn options that a software passkey needs. */
const creationOptions = z.object({
  challenge: z.string(),
  rp: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
});
const requestOptions = z.object({ challenge: z.string(), rpId: z.string() });
const onward = z.object({ next: z.string() });

const tokenResponse = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  scope: z.string(),
});
export type Tokens = z.output<typeof tokenResponse>;

/** Discovers the authorization server of the MCP endpoint (RFC 9728, then RFC 8414). */
export async function discover(visitor: Visitor): Promise<AuthorizationServer> {
  const resource = await readJson(
    await visitor.open("/.well-known/oauth-protected-resource/mcp"),
    z.object({ resource: z.string(), authorization_servers: z.tuple([z.string()], z.string()) }),
  );
  const [issuer] = resource.authorization_servers;
  const server = await readJson(
    await visitor.open(`${issuer}/.well-known/oauth-authorization-server`),
    z.object({
      issuer: z.string(),
      authorization_endpoint: z.string(),
      token_endpoint: z.string(),
      registration_endpoint: z.string(),
      scopes_supported: z.array(z.string()),
    }),
  );
  return {
    issuer: server.issuer,
    authorizationEndpoint: server.authorization_endpoint,
    tokenEndpoint: server.token_endpoint,
    registrationEndpoint: server.registration_endpoint,
    resource: resource.resource,
    scopes: server.scopes_supported,
  };
}

/** Create account → Create a passkey. The visitor is signed in afterwards. */
export async function createAccount(visitor: Visitor): Promise<SoftwarePasskey> {
  const passkey = createSoftwarePasskey({ origin: visitor.origin });
  const options = await readJson(await visitor.postJson("/create-account/options", {}), creationOptions);
  const response = await passkey.create(options);
  await readJson(await visitor.postJson("/create-account/passkey", { response, next: "/panel" }), onward);
  return passkey;
}

export async function signIn(visitor: Visitor, passkey: SoftwarePasskey): Promise<void> {
  const options = await readJson(await visitor.postJson("/sign-in/options", {}), requestOptions);
  const response = await passkey.get(options);
  await readJson(await visitor.postJson("/sign-in/passkey", { response, next: "/panel" }), onward);
}

/** Register → Register. "waiting" if no place is free: authorization still completes, and tools report the waiting. */
export async function register(visitor: Visitor): Promise<"approved" | "waiting"> {
  await expectRedirect(visitor, await visitor.submitForm("/register", new URLSearchParams({ next: "/panel" })));
  const panel = await (await visitor.open("/panel")).text();
  return panel.includes("reference code") ? "waiting" : "approved";
}

/** Dynamic client registration (RFC 7591) of a public client on this computer. */
export async function registerClient(
  visitor: Visitor,
  server: AuthorizationServer,
  client: { name: string; redirectUri: string },
): Promise<AssistantClient> {
  const answer = await visitor.postJson(server.registrationEndpoint, {
    client_name: client.name,
    redirect_uris: [client.redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    application_type: "native",
  });
  const { client_id } = await readJson(answer, z.object({ client_id: z.string() }));
  return { clientId: client_id, redirectUri: client.redirectUri };
}

/** A code for the assistant, and whether the person's connection was taken over from another account. */
export interface Authorized {
  code: string;
  verifier: string;
  tookOver: boolean;
}

/**
 * /authorize → Allow → Oura's page → Allow → (Take over the connection, if another account has it) → back
 * at the client, with PKCE, state and issuer checked.
 */
export async function authorizeClient(
  visitor: Visitor,
  server: AuthorizationServer,
  client: AssistantClient,
  choices: Choices,
): Promise<Authorized> {
  const verifier = randomText();
  const state = randomText();
  const request = new URL(server.authorizationEndpoint);
  request.search = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    ...(choices.scopes && { scope: [...choices.scopes, "offline_access"].join(" ") }),
    state,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: "S256",
    resource: server.resource,
  }).toString();
  const { address, tookOver } = await followAuthorization(visitor, request.href, client.redirectUri, choices);
  const { searchParams } = new URL(address);
  if (searchParams.get("state") !== state) throw new WalkError("The client got an answer with another state.");
  if (searchParams.get("iss") !== server.issuer) throw new WalkError("The client got an answer of another issuer.");
  const code = searchParams.get("code");
  if (code === null) throw new WalkError(`The client got no code but "${searchParams.get("error")}".`);
  return { code, verifier, tookOver };
}

/** The same walk for a given authorization request. Returns the client's redirect address with all its parameters. */
export async function followAuthorization(
  visitor: Visitor,
  request: string,
  redirectUri: string,
  choices: Choices,
): Promise<{ address: string; tookOver: boolean }> {
  const allowed = await allowAssistant(visitor, request, choices.scopes);
  if (allowed.startsWith(redirectUri)) return { address: allowed, tookOver: false };
  const callback = await visitor.open(await allowAtOura(visitor, allowed, choices.person));
  const tookOver = callback.status === 200 && (await callback.clone().text()).includes('action="/take-over"');
  const address = await expectRedirect(visitor, tookOver ? await takeOver(visitor, callback) : callback);
  return { address, tookOver };
}

async function takeOver(visitor: Visitor, page: Response): Promise<Response> {
  const { fields } = readPageForm(await page.text());
  return visitor.submitForm("/take-over", new URLSearchParams(fields));
}

export async function exchangeCode(
  visitor: Visitor,
  server: AuthorizationServer,
  client: AssistantClient,
  { code, verifier }: { code: string; verifier: string },
): Promise<Tokens> {
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code,
    redirect_uri: client.redirectUri,
    client_id: client.clientId,
    code_verifier: verifier,
    resource: server.resource,
  });
  return readJson(await visitor.submitForm(server.tokenEndpoint, form), tokenResponse);
}

/** Presses Reconnect in the panel, with the form and Oura's checkboxes unchanged. */
export async function reconnect(visitor: Visitor, person: string): Promise<void> {
  const panel = await readPage(await visitor.open("/panel"));
  const { fields, boxes } = readPageForm(/<form[^>]*action="\/connect".*?<\/form>/s.exec(panel)?.[0] ?? "");
  const form = new URLSearchParams(fields);
  for (const box of boxes) if (box.ticked) form.append(box.name, box.value);
  const address = await expectRedirect(visitor, await visitor.submitForm("/connect", form));
  const back = await expectRedirect(visitor, await visitor.open(await allowAtOura(visitor, address, person)));
  if (!back.endsWith("/panel?message=connected")) throw new WalkError(`Reconnecting ended at ${back}`);
}

/** Ticks `scopes` on the consent page, or leaves it as it is, and presses Allow. */
async function allowAssistant(visitor: Visitor, address: string, scopes: readonly string[] | null): Promise<string> {
  const { fields, boxes } = readPageForm(await readPage(await visitor.open(address)));
  const form = new URLSearchParams({ ...fields, decision: "allow" });
  for (const box of boxes) if (scopes ? scopes.includes(box.value) : box.ticked) form.append(box.name, box.value);
  return expectRedirect(visitor, await visitor.submitForm(address, form));
}

/**
 * Signs in at the simulator as `person`, leaves every permission ticked and presses Allow. Returns the redirect
 * address.
 */
export async function allowAtOura(visitor: Visitor, address: string, person: string): Promise<string> {
  const { boxes } = readPageForm(await readPage(await visitor.open(address)));
  const form = new URLSearchParams({ person, decision: "allow" });
  for (const box of boxes) if (box.ticked) form.append(box.name, box.value);
  return expectRedirect(visitor, await visitor.submitForm(address, form));
}

async function readPage(response: Response): Promise<string> {
  const html = await response.text();
  if (response.status !== 200) {
    const found = response.headers.get("location") ?? readHeading(html);
    throw new WalkError(`Expected a form at ${response.url}, but found ${response.status}: ${found}`);
  }
  return html;
}

async function expectRedirect(visitor: Visitor, response: Response): Promise<string> {
  const location = response.headers.get("location");
  if (location !== null) return new URL(location, visitor.origin).href;
  throw new WalkError(`Expected to be sent on, but found ${response.status}: ${readHeading(await response.text())}`);
}

async function readJson<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new WalkError(`${response.url} answered ${response.status}: ${text.slice(0, 300)}`);
  return schema.parse(JSON.parse(text));
}

/** 256 random bits in characters RFC 7636 allows in a verifier. */
function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** RFC 7636 §4.2, S256. */
async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

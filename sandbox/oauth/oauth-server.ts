import { type Context, Hono } from "hono";
import { countTokenRequest, type RequestTracker } from "../control/request-log.ts";
import { underFaults } from "../control/under-faults.ts";
import { findPerson } from "../people/people.ts";
import { grantedScopes } from "../scopes.ts";
import type { World } from "../world.ts";
import { type AuthorizationRequest, parseAuthorization } from "./authorization-request.ts";
import { authorizePage, refusalPage } from "./authorize-page.ts";
import { findClient, type Generation, readCredentials } from "./clients.ts";
import { issueCode, personOfCode } from "./codes.ts";
import { findGrant, peekRefresh, revokeGrant } from "./grants.ts";
import { answerTokenRequest } from "./token-endpoint.ts";

const NEW_ISSUER = "/sandbox/oura/oauth/v2/ext/oauth-anonymous";

/** Both generations of Oura's sign-in: the same people and grants at two sets of addresses. */
export function createOAuthServer(world: World, tracker: RequestTracker): Hono {
  const app = new Hono();
  const handle = async (route: string, person: string | null, respond: () => Promise<Response>) =>
    tracker.track(null, async () => {
      const response = await underFaults(world, { person, route }, respond);
      await tracker.note({ at: await world.now(), route, person, query: {}, status: response.status });
      return response;
    });

  const authorize = (generation: Generation) => async (c: Context) => {
    const url = new URL(c.req.url);
    const form = c.req.method === "POST" ? await readForm(c) : null;
    return handle("authorize", form?.get("person") ?? null, async () => {
      const parsed = parseAuthorization(url.searchParams, generation);
      if (parsed.kind === "unsafe") return c.html(refusalPage(parsed.reason), 400);
      if (parsed.kind === "refused") {
        return c.redirect(withParameters(parsed.redirectUri, { error: parsed.error, state: parsed.state }));
      }
      c.header("cache-control", "no-store");
      const { request } = parsed;
      if (form === null) return c.html(authorizePage(request.client.clientId, request.scopes));
      const issuer = generation === "new" ? url.origin + NEW_ISSUER : null;
      return c.redirect(await decide(world, request, form, issuer));
    });
  };

  const token = (generation: Generation) => async (c: Context) => {
    const form = await readForm(c);
    const refreshToken = form.get("refresh_token") ?? "";
    const person =
      (await peekRefresh(world.store, refreshToken))?.person ??
      (await personOfCode(world.store, form.get("code") ?? ""));
    return handle("token", person, async () => {
      const authorization = c.req.header("authorization") ?? null;
      const { outcome, response } = await answerTokenRequest(world, { generation, form, authorization });
      await countTokenRequest(world.store, form.get("grant_type") ?? "none", outcome);
      return response;
    });
  };

  app.on(["GET", "POST"], "/oauth/v2/ext/oauth-authorize", authorize("new"));
  app.on(["GET", "POST"], "/oauth/authorize", authorize("legacy"));
  app.post("/oauth/v2/ext/oauth-token", token("new"));
  app.post("/oauth/token", token("legacy"));

  /** RFC 7009: an authenticated form post, 200 whether or not the token was known. */
  app.post("/oauth/v2/ext/oauth-revoke", async (c) => {
    const form = await readForm(c);
    const grant = await findGrant(world.store, form.get("token") ?? "");
    return handle("revoke", grant?.person ?? null, async () => {
      const { id, secret } = readCredentials(form, c.req.header("authorization") ?? null);
      if (findClient(id)?.clientSecret !== secret) return c.json({ error: "invalid_client" }, 401);
      if (grant?.clientId === id) await revokeGrant(world.store, grant.id);
      return c.body(null, 200);
    });
  });

  /** Takes the token from the query or as a bearer token; answers 401 if it is already revoked. */
  app.on(["GET", "POST"], "/oauth/revoke", async (c) => {
    const bearer = /^bearer +(.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const presented = c.req.query("access_token") ?? bearer ?? "";
    const person = (await findGrant(world.store, presented))?.person ?? null;
    return handle("revoke", person, async () => {
      const grant = await findGrant(world.store, presented);
      if (!grant) return c.json({ status: 401, title: "Token Already Used Or Revoked", detail: "Invalid token." }, 401);
      await revokeGrant(world.store, grant.id);
      return c.body(null, 200);
    });
  });
  return app;
}

async function decide(
  world: World,
  { client, redirectUri, scopes, state, codeChallenge }: AuthorizationRequest,
  form: URLSearchParams,
  issuer: string | null,
): Promise<string> {
  const person = findPerson(form.get("person") ?? "");
  if (form.get("decision") !== "allow" || !person) {
    return withParameters(redirectUri, { error: "access_denied", state });
  }
  const ticked = form.getAll("scope");
  const granted = scopes.filter((scope) => ticked.includes(scope));
  const pending = { clientId: client.clientId, person: person.id, scopes: granted, redirectUri, codeChallenge };
  const code = await issueCode(world.store, pending, await world.now());
  return withParameters(redirectUri, { code, scope: grantedScopes(granted), state, iss: issuer });
}

function withParameters(redirectUri: string, parameters: Record<string, string | null>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text());
}

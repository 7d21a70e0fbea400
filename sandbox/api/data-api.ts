import { Hono } from "hono";
import { hasCanaries, withCanaries } from "../control/canaries.ts";
import type { RequestTracker } from "../control/request-log.ts";
import { underFaults } from "../control/under-faults.ts";
import { type Access, randomToken, readAccess } from "../oauth/grants.ts";
import type { Scope } from "../scopes.ts";
import { horizonOf, membershipOf, type World } from "../world.ts";
import { answerRoute } from "./answer-route.ts";
import { badToken, membershipLapsed, missingScope, routeNotFound, tooManyRequests } from "./problems.ts";
import { countRequest } from "./rate-limits.ts";
import { DATA_ROUTES, documentRoute, isSeriesRoute, SERIES_ROUTES } from "./routes.ts";

/**
 * Oura's `/v2/usercollection`, with the checks in Oura's order: token, rate limit, permission, membership, parameters.
 */
export function createDataApi(world: World, tracker: RequestTracker): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-cache");
    c.header("strict-transport-security", "max-age=63072000; includeSubDomains");
    c.header("x-content-type-options", "nosniff");
    c.header("x-trace-id", randomToken());
    c.header("x-amz-cf-id", randomToken());
  });
  app.get("/v2/usercollection/:route/:id?", async (c) => {
    const { route, id = null } = c.req.param();
    if (!DATA_ROUTES.includes(route)) return routeNotFound();
    const query = new URL(c.req.url).searchParams;
    const accessToken = /^bearer +(.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? null;
    return tracker.track(accessToken, async () => {
      const seen = accessToken === null ? null : await readAccess(world.store, accessToken, await world.now());
      const person = seen !== null && seen.kind !== "unknown" ? seen.grant.person : null;
      const response = await underFaults(
        world,
        { person, route, scope: scopeOf(route) },
        ({ lapsed, ignoresNextToken }) => {
          if (ignoresNextToken) query.delete("next_token");
          return answer(world, { route, id, query, accessToken, lapsed });
        },
      );
      const { next_token: _, ...logged } = Object.fromEntries(query);
      await tracker.note({ at: await world.now(), route, person, query: logged, status: response.status });
      return (await hasCanaries(world.store)) ? withCanaries(response) : response;
    });
  });
  app.all("*", (c) => {
    const known = c.req.method !== "GET" && c.req.path.includes("/v2/usercollection/");
    return known ? c.json({ detail: "Method Not Allowed" }, 405) : routeNotFound();
  });
  return app;
}

interface DataRequest {
  route: string;
  id: string | null;
  query: URLSearchParams;
  accessToken: string | null;
  lapsed: boolean;
}

async function answer(world: World, request: DataRequest): Promise<Response> {
  const { route, id, query, accessToken } = request;
  if (accessToken === null) return badToken("missing");
  // Read the token again: a fault may have revoked the grant, or the token may have expired during a long wait.
  const now = await world.now();
  const access: Access = await readAccess(world.store, accessToken, now);
  if (access.kind !== "valid") return badToken(access.kind);
  const { grant } = access;
  const hit = await countRequest(world.store, { accessToken, clientId: grant.clientId }, now);
  if (hit) return tooManyRequests(hit);
  const scope = scopeOf(route);
  if (scope !== null && !grant.scopes.includes(scope)) return missingScope(scope);
  const life = await world.life(grant.person);
  if (!life) return badToken("unknown");
  const lapsed = request.lapsed || (await membershipOf(world, life)) === "lapsed";
  if (lapsed && route !== "personal_info") return membershipLapsed();
  const horizon = await horizonOf(world, grant.person);
  return answerRoute({ route, id, query, life, now, horizon, scopes: grant.scopes });
}

/** `personal_info` needs no permission: null. */
function scopeOf(route: string): Scope | null {
  if (route === "ring_configuration") return "ring_configuration";
  if (isSeriesRoute(route)) return SERIES_ROUTES[route].scope;
  return documentRoute(route)?.scope ?? null;
}

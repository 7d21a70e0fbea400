import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { parseInstant } from "../api/parameters.ts";
import { readRateLimits, setRateLimits } from "../api/rate-limits.ts";
import { DATA_ROUTES } from "../api/routes.ts";
import { createGrant, expireAccessTokens, issueTokens, listTokens } from "../oauth/grants.ts";
import { isoDay } from "../people/calendar.ts";
import { ACCOUNTS } from "../people/people.ts";
import type { Person } from "../people/person.ts";
import { allScopes, isScope } from "../scopes.ts";
import { horizonOf, type World } from "../world.ts";
import { CANARY, setCanaries } from "./canaries.ts";
import { setClock } from "./clock.ts";
import { clockSchema, limitsSchema, newTokenSchema, overridesSchema } from "./control-schemas.ts";
import { documentsInWindow } from "./documents-in-window.ts";
import { FAULT_KINDS, faultListSchema, listFaults, OAUTH_ROUTES, setFaults } from "./faults.ts";
import { clearRequestLog, readRequestLog } from "./request-log.ts";

/** The control API: clock, faults, people, tokens and the log of requests. All JSON. */
export function createControlApi(world: World): Hono {
  const { store } = world;
  const app = new Hono();
  app.onError((error, c) => {
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return c.json({ error: "The body is not JSON." }, 400);
    if (error instanceof HTTPException) return c.json({ error: error.message }, error.status);
    throw error;
  });

  const faults = async () => ({
    kinds: FAULT_KINDS,
    routes: [...DATA_ROUTES, ...OAUTH_ROUTES],
    faults: await listFaults(store),
  });
  app.get("/faults", async (c) => c.json(await faults()));
  app.put("/faults", async (c) => {
    await setFaults(store, faultListSchema.parse(await c.req.json()).faults, c.req.query("person") ?? null);
    return c.json(await faults());
  });
  app.delete("/faults", async (c) => {
    await setFaults(store, [], c.req.query("person") ?? null);
    return c.json(await faults());
  });

  const clock = async () => ({ now: new Date(await world.now()).toISOString(), epoch_ms: await world.now() });
  app.get("/clock", async (c) => c.json(await clock()));
  app.put("/clock", async (c) => {
    await setClock(store, clockSchema.parse(await c.req.json()));
    return c.json(await clock());
  });
  app.delete("/clock", async (c) => {
    await setClock(store, null);
    return c.json(await clock());
  });

  app.put("/canaries", async (c) => {
    await setCanaries(store, true);
    return c.json(CANARY);
  });
  app.delete("/canaries", async (c) => {
    await setCanaries(store, false);
    return c.json({ canaries: false });
  });

  app.get("/limits", async (c) => c.json(await readRateLimits(store)));
  app.put("/limits", async (c) => {
    await setRateLimits(store, { ...(await readRateLimits(store)), ...limitsSchema.parse(await c.req.json()) });
    return c.json(await readRateLimits(store));
  });
  app.delete("/limits", async (c) => {
    await setRateLimits(store, null);
    return c.json(await readRateLimits(store));
  });

  app.get("/requests", async (c) => c.json(await readRequestLog(store)));
  app.delete("/requests", async (c) => {
    await clearRequestLog(store);
    return c.json(await readRequestLog(store));
  });

  app.get("/people", async (c) => c.json({ people: await Promise.all(ACCOUNTS.map((p) => describe(world, p))) }));
  app.put("/people/:id", async (c) => {
    const person = await known(world, c.req.param("id"));
    const { membership, synced_until } = overridesSchema.parse(await c.req.json());
    const before = await world.overrides(person.id);
    await world.override(person.id, {
      membership: membership === undefined ? before.membership : membership,
      syncedUntil: synced_until === undefined ? before.syncedUntil : synced_until,
    });
    return c.json(await describe(world, person));
  });
  app.get("/people/:id/documents/:route", async (c) => {
    const { id, route } = c.req.param();
    await known(world, id);
    const start = parseInstant(c.req.query("start") ?? "") ?? 0;
    const end = parseInstant(c.req.query("end") ?? "") ?? Number.POSITIVE_INFINITY;
    const life = await lifeOf(world, id);
    const data = documentsInWindow(route, life, await horizonOf(world, id), { kind: "window", start, end });
    if (!data) throw new HTTPException(404, { message: `No route ${route}.` });
    return c.json({ data });
  });

  app.get("/tokens", async (c) => c.json({ tokens: await listTokens(store) }));
  app.post("/tokens", async (c) => {
    const { person, scopes, expires_in } = newTokenSchema.parse(await c.req.json());
    await known(world, person);
    const granted = scopes?.filter(isScope) ?? allScopes();
    const grant = await createGrant(store, { clientId: "sandbox", person, scopes: granted });
    const issued = await issueTokens(store, grant.id, await world.now(), expires_in);
    return c.json({
      access_token: issued.accessToken,
      refresh_token: issued.refreshToken,
      expires_in,
      scopes: granted,
    });
  });
  app.post("/tokens/expire", async (c) =>
    c.json({ expired: await expireAccessTokens(store, await world.now(), c.req.query("person") ?? null) }),
  );

  app.post("/reset", async (c) => {
    for (const key of (await store.list("")).keys()) await store.delete(key);
    return c.json({ reset: true });
  });
  app.all("*", (c) => c.json({ error: "No such control." }, 404));
  return app;
}

async function known(world: World, id: string): Promise<Person> {
  return (await lifeOf(world, id)).person;
}

async function lifeOf(world: World, id: string) {
  const life = await world.life(id);
  if (!life) throw new HTTPException(404, { message: `No person ${id}.` });
  return life;
}

async function describe(world: World, { id, label, description, zone, membership }: Person) {
  const { timeline, userId } = await lifeOf(world, id);
  const overrides = await world.overrides(id);
  const days = (span: { first: number; last: number } | null) =>
    span && { first: isoDay(span.first), last: isoDay(span.last) };
  return {
    id,
    label,
    zone,
    description,
    user_id: userId,
    membership: overrides.membership ?? membership,
    synced_until: overrides.syncedUntil === null ? null : new Date(overrides.syncedUntil).toISOString(),
    anchor_day: isoDay(timeline.anchorDay),
    first_day: isoDay(timeline.firstDay),
    trip: days(timeline.trip),
    illness: days(timeline.illness),
    off_finger: timeline.offFinger.map(days),
  };
}

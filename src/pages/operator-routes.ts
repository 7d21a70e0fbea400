import { Hono } from "hono";
import * as z from "zod/mini";
import { now } from "../clock.ts";
import { equalSecrets } from "../crypto/secrets.ts";
import { fetchOura } from "../oura/fetch-oura.ts";
import { checkApp } from "../oura/oauth.ts";
import { theRegistry } from "../registry/registry.ts";
import type { AppEnv } from "../web/app.ts";
import { limitAttempts } from "../web/limits.ts";

/**
 * The operator's commands. The answers hold only counts and reference codes, which identify no person. Without the
 * setting OPERATOR_KEY the route answers 404.
 */
export const operatorRoutes = new Hono<AppEnv>();

const command = z.discriminatedUnion("command", [
  z.object({ command: z.literal("status") }),
  z.object({ command: z.literal("check") }),
  z.object({
    command: z.literal("capacity"),
    places: z.nullable(z.number().check(z.int(), z.gte(0), z.lte(1_000_000))),
  }),
  z.object({ command: z.literal("approve"), code: z.string().check(z.minLength(1), z.maxLength(40)) }),
  z.object({ command: z.literal("evict"), code: z.string().check(z.minLength(1), z.maxLength(40)) }),
  z.object({ command: z.literal("invite") }),
]);

operatorRoutes.post("/operator", async (c, next) => {
  const { operatorKey } = c.get("site");
  if (operatorKey === null) return next(); // the router then answers 404
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  const given = c.req.header("authorization") ?? "";
  if (!equalSecrets(given, `Bearer ${operatorKey}`)) return c.json({ error: "This is not the operator key." }, 401);
  const parsed = command.safeParse(await c.req.json().catch(() => null));
  if (!parsed.success) {
    const error = "Commands are status, check, capacity (places, or null), approve (code), evict (code) and invite.";
    return c.json({ error }, 400);
  }
  const registry = theRegistry(c.env);
  switch (parsed.data.command) {
    case "status":
      return c.json(await registry.overview());
    case "check": {
      const config = c.get("config").oura;
      return c.json({ oura_app: await checkApp({ config, fetch: fetchOura, now }) });
    }
    case "capacity":
      return c.json(await registry.setCapacity(parsed.data.places));
    case "approve": {
      const found = await registry.approve(parsed.data.code);
      return found ? c.json(await registry.overview()) : c.json({ error: "Nobody waits under this code." }, 404);
    }
    case "evict": {
      const found = await registry.evict(parsed.data.code);
      return found ? c.json(await registry.overview()) : c.json({ error: "Nobody waits under this code." }, 404);
    }
    case "invite":
      return c.json({ link: `${c.get("origin")}/register?invitation=${await registry.createInvitation()}` });
  }
});

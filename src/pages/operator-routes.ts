import { Hono } from "hono";
import * as z from "zod/mini";
import { now } from "../clock.ts";
import { equalSecrets } from "../crypto/secrets.ts";
import { fetchOura } from "../oura/fetch-oura.ts";
import { checkApp } from "../oura/oauth.ts";
import { type Registry, theRegistry } from "../registry/registry.ts";
import type { AppContext, AppEnv } from "../web/app.ts";
import { limitAttempts } from "../web/limits.ts";

/**
 * The operator's commands. The answers hold only counts and reference codes, which identify no person. Without the
 * setting OPERATOR_KEY the route answers 404.
 */
export const operatorRoutes = new Hono<AppEnv>();

operatorRoutes.post("/operator", async (c, next) => {
  const { operatorKey } = c.get("site");
  if (operatorKey === null) return next(); // the router then answers 404
  await limitAttempts(c, c.env.LIMIT_SIGN_IN);
  if (!isOperator(c, operatorKey)) return c.json({ error: "This is not the operator key." }, 401);
  const run = readCommand(await c.req.json().catch(() => null));
  if (run === null) {
    const error = "Commands are status, check, capacity (places, or null), approve (code), evict (code) and invite.";
    return c.json({ error }, 400);
  }
  const answer = await run(c);
  return answer === null ? c.json({ error: "Nobody waits under this code." }, 404) : c.json(answer);
});

function isOperator(c: AppContext, operatorKey: string): boolean {
  return equalSecrets(c.req.header("authorization") ?? "", `Bearer ${operatorKey}`);
}

/** Runs a command and returns its answer. Returns null if no account in the queue has the code that the command names. */
type Run = (c: AppContext) => Promise<object | null>;

/** Returns null when the command is unknown or lacks an argument. */
function readCommand(given: unknown): Run | null {
  const named = z.object({ command: z.string() }).safeParse(given);
  const read = named.success ? commands.get(named.data.command) : undefined;
  return read?.(given) ?? null;
}

/** @param run gets the arguments that the schema accepted */
function defineCommand<Arguments>(
  schema: z.ZodMiniType<Arguments>,
  run: (c: AppContext, given: Arguments) => ReturnType<Run>,
): (given: unknown) => Run | null {
  return (given) => {
    const parsed = schema.safeParse(given);
    return parsed.success ? (c) => run(c, parsed.data) : null;
  };
}

const nothing = z.object({});
const capacity = z.object({ places: z.nullable(z.number().check(z.int(), z.gte(0), z.lte(1_000_000))) });
const waiting = z.object({ code: z.string().check(z.minLength(1), z.maxLength(40)) });

const commands: ReadonlyMap<string, (given: unknown) => Run | null> = new Map([
  ["status", defineCommand(nothing, (c) => theRegistry(c.env).overview())],
  ["check", defineCommand(nothing, async (c) => ({ oura_app: await checkOuraApp(c) }))],
  ["capacity", defineCommand(capacity, (c, { places }) => theRegistry(c.env).setCapacity(places))],
  ["approve", defineCommand(waiting, (c, { code }) => overviewAfter(c, (registry) => registry.approve(code)))],
  ["evict", defineCommand(waiting, (c, { code }) => overviewAfter(c, (registry) => registry.evict(code)))],
  ["invite", defineCommand(nothing, async (c) => ({ link: await createInvitationLink(c) }))],
]);

function checkOuraApp(c: AppContext): ReturnType<typeof checkApp> {
  return checkApp({ config: c.get("config").oura, fetch: fetchOura, now });
}

/** @param change returns false when it finds no account that waits */
async function overviewAfter(
  c: AppContext,
  change: (registry: DurableObjectStub<Registry>) => Promise<boolean>,
): ReturnType<Run> {
  const registry = theRegistry(c.env);
  return (await change(registry)) ? registry.overview() : null;
}

async function createInvitationLink(c: AppContext): Promise<string> {
  return `${c.get("origin")}/register?invitation=${await theRegistry(c.env).createInvitation()}`;
}

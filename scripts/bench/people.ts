import { createVisitor } from "../../sandbox/visitor.ts";
import {
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  registerClient,
  type Tokens,
} from "../../sandbox/walk.ts";
import type { Runtime } from "./runtime.ts";

/** No server listens there: the walk reads the code from the redirect. */
export const redirectUri = "http://127.0.0.1:33418/callback";

/** Creates an account through every page: place, connection as the everyday person, one assistant with all scopes. */
export async function connectPerson(origin: string): Promise<Tokens> {
  const visitor = createVisitor({ origin });
  const server = await discover(visitor);
  await createAccount(visitor);
  await register(visitor);
  const client = await registerClient(visitor, server, { name: "Bench", redirectUri });
  const scopes = server.scopes.filter((name) => name !== "offline_access");
  return exchangeCode(
    visitor,
    server,
    client,
    await authorizeClient(visitor, server, client, { person: "everyday", scopes }),
  );
}

const walksAtOnce = 4;

export async function connectMany(runtime: Runtime, count: number): Promise<string[]> {
  const tokens: string[] = [];
  await runtime.setOuraLatency(0);
  await inGroups(Array.from({ length: count }), walksAtOnce, async () => {
    tokens.push((await connectPerson(runtime.origin)).access_token);
  });
  await runtime.setOuraLatency(80);
  return tokens;
}

export async function inGroups<T>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size)
    await Promise.all(items.slice(from, from + size).map((item) => work(item)));
}

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

/** No server listens there: the walk reads the code from the redirect. */
const redirectUri = "http://127.0.0.1:33418/callback";

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

import { type AccountStore, accountKey, createAccountStore } from "../account/account.ts";
import { createSessionStore, type SessionStore } from "../account/sessions.ts";
import type { Bindings } from "../bindings.ts";
import { type Config, readSettings } from "../config.ts";
import type { ConnectingDependencies } from "../connection/connecting.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import { AppError } from "../errors.ts";
import { type AssistantStore, createAssistantStore } from "../grants/assistants.ts";
import { type PublishedTool, publishedTools } from "../mcp/mcp-server.ts";
import { type AnswerCache, createAnswerCache } from "../oura/cache.ts";
import { createGate } from "../oura/gate.ts";
import { createRequestShare, type RequestShare } from "../oura/share.ts";
import type { Transport } from "../oura/transport.ts";
import { theRegistry } from "../registry/registry.ts";
import { createTroubleLog, type TroubleLog } from "../registry/trouble-counts.ts";
import { type ActivityLog, createActivityLog } from "./activity.ts";
import { createSessionStateStore, type SessionStateStore } from "./session-state.ts";

/** Cloudflare's limit for one invocation; one agent keeps it for all calls it serves at the same time. */
const connectionsAtOnce = 6;

/** What an agent is made of. Parts that need settings come as functions: an unconfigured service still wakes. */
export interface Parts {
  accountId: string;
  env: Bindings;
  now(): number;
  account: AccountStore;
  sessions: SessionStore;
  assistants: AssistantStore;
  activity: ActivityLog;
  state: SessionStateStore;
  cache: AnswerCache;
  /** What assistants are offered. The bench adds a tool that does nothing, to know what the way to one costs. */
  published: readonly PublishedTool[];
  /** What all calls together may ask of Oura. */
  share: RequestShare;
  troubles: TroubleLog;
  config(): Config;
  connection(): Connection;
  transport(): Transport;
  connecting(): ConnectingDependencies;
}

/**
 * Storage that takes nothing once the account is gone: whatever was under way when it was deleted may end, and leaves no
 * trace. Only the account record itself may come first.
 */
function onlyWithAccount(storage: SyncKvStorage): SyncKvStorage {
  return {
    get: (key) => storage.get(key),
    list: (options) => storage.list(options),
    delete: (key) => storage.delete(key),
    put(key, value) {
      if (key !== accountKey && storage.get(accountKey) === undefined) throw new AppError({ kind: "account_gone" });
      storage.put(key, value);
    },
  };
}

export function createParts(context: DurableObjectState, env: Bindings, now: () => number): Parts {
  const accountId = context.id.name ?? "";
  const storage = onlyWithAccount(context.storage.kv);
  const gate = createGate(connectionsAtOnce);
  const settings = readSettings(env);
  const { cacheSeconds, accountRequests } =
    settings.kind === "ready" ? settings.config : { cacheSeconds: 0, accountRequests: 0 };
  const troubles = createTroubleLog();
  let made: Connection | null = null;

  function config(): Config {
    if (settings.kind === "ready") return settings.config;
    throw new Error("an unconfigured service does not reach its agents"); // the router answers 503 before
  }

  function connection(): Connection {
    const { oura, tokenKeys } = config();
    // One for the object's life: it holds the refresh that others wait for.
    made ??= createConnection({
      config: oura,
      tokenKeys,
      accountId,
      storage,
      fetch: (input, init) => fetch(input, init),
      now,
      onRefreshFailure: (outcome) => troubles.note(`refresh_${outcome}`),
    });
    return made;
  }

  function transport(): Transport {
    return {
      async fetch(input, init) {
        const response = await fetch(input, init);
        if (response.status === 429) troubles.note("oura_rate_limited");
        return response;
      },
      sleep,
      random: Math.random,
      gate,
      tokens: connection(),
      apiUrl: config().oura.apiUrl,
    };
  }

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  }

  return {
    accountId,
    env,
    now,
    account: createAccountStore(storage, accountId, now),
    sessions: createSessionStore(storage, now),
    assistants: createAssistantStore(storage, now),
    activity: createActivityLog(storage, now),
    state: createSessionStateStore(storage),
    cache: createAnswerCache(now, cacheSeconds * 1_000),
    published: publishedTools,
    share: createRequestShare(now, accountRequests),
    troubles,
    config,
    connection,
    transport,
    connecting: () => ({
      config: config().oura,
      tokenKeys: config().tokenKeys,
      accountId,
      storage,
      fetch: (input, init) => fetch(input, init),
      now,
      transport: transport(),
      connection: connection(),
      owners: {
        claimOwner: (ouraUserId) => theRegistry(env).claimOwner(accountId, ouraUserId),
        findHolder: (ouraUserId) => theRegistry(env).findHolder(accountId, ouraUserId),
        takeOver: (ouraUserId) => theRegistry(env).takeOver(accountId, ouraUserId),
      },
    }),
  };
}

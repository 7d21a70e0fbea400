import { type AccountStore, accountKey, createAccountStore } from "../account/account.ts";
import { createSessionStore, type SessionStore } from "../account/sessions.ts";
import type { Bindings } from "../bindings.ts";
import { type Config, readSettings } from "../config.ts";
import type { ConnectingDependencies } from "../connection/connecting.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import { AppError } from "../errors.ts";
import { type ActivityLog, createActivityLog } from "../grants/activity.ts";
import { type AssistantStore, createAssistantStore } from "../grants/assistants.ts";
import { createGrantStore, type GrantStore } from "../grants/grant-store.ts";
import { createTidyList, type TidyList } from "../grants/tidy-list.ts";
import type { PublishedTool } from "../mcp/mcp-server.ts";
import { type AnswerCache, createAnswerCache } from "../oura/cache.ts";
import { fetchOura } from "../oura/fetch-oura.ts";
import { createGate } from "../oura/gate.ts";
import { createRequestShare, type RequestShare } from "../oura/share.ts";
import type { Transport } from "../oura/transport.ts";
import { settle, unwrap } from "../outcome.ts";
import { createSessionStateStore, type SessionStateStore } from "../question/session-state.ts";
import { theRegistry } from "../registry/registry.ts";
import { createTroubleLog, type TroubleLog } from "../registry/trouble-counts.ts";

/**
 * An account's Durable Object has at most this many connections to Oura open at the same time, for all its calls
 * together. Cloudflare allows each request six open connections.
 */
const connectionsAtOnce = 6;

/**
 * The components of an account's Durable Object. The last four properties are functions: they need the service's
 * settings and throw when a required setting is missing. A request that calls none of the four works without settings.
 */
export interface Parts {
  accountId: string;
  env: Bindings;
  now(): number;
  account: AccountStore;
  sessions: SessionStore;
  assistants: AssistantStore;
  grants: GrantStore;
  tidy: TidyList;
  activity: ActivityLog;
  state: SessionStateStore;
  cache: AnswerCache;
  /**
   * Tools that the server offers in addition to the product's own tools. Only the benchmark uses this: it adds a tool
   * that does nothing, to measure how long a tool call takes when the tool itself does no work.
   */
  extraTools: readonly PublishedTool[];
  /** The limit on requests to Oura, for all calls of this account together. */
  share: RequestShare;
  troubles: TroubleLog;
  /** Runs work while the object handles no other request. A failure of the work does not reset the object. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  config(): Config;
  connection(): Connection;
  transport(): Transport;
  connecting(): ConnectingDependencies;
}

/**
 * Wraps the storage so that it rejects writes when there is no account. If an account is deleted while a call is still
 * running, the call can then store nothing. Only the account record itself can be written while there is no account.
 */
function requireAccountForWrites(storage: SyncKvStorage): SyncKvStorage {
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
  const storage = requireAccountForWrites(context.storage.kv);
  const assistants = createAssistantStore(storage, now);
  const gate = createGate(connectionsAtOnce);
  const settings = readSettings(env);
  const { cacheSeconds, accountRequests } =
    settings.kind === "ready" ? settings.config : { cacheSeconds: 0, accountRequests: 0 };
  const troubles = createTroubleLog();
  let theConnection: Connection | null = null;

  function config(): Config {
    if (settings.kind === "ready") return settings.config;
    throw new Error("an unconfigured service does not reach its agents"); // never happens: the router answers 503 first
  }

  /**
   * Called when Oura refuses the client id or secret of this server. Only the operator can correct them, so a log line
   * tells the operator.
   */
  function noteAppRefused(): void {
    troubles.note("app_refused");
    console.error(JSON.stringify({ event: "oura_app_refused", check: ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET"] }));
  }

  function connection(): Connection {
    const { oura, tokenKeys } = config();
    // One `Connection` object is kept as long as this Durable Object is in memory. Concurrent calls use the same
    // object, so that they wait for one token refresh and do not start several.
    theConnection ??= createConnection({
      config: oura,
      tokenKeys,
      accountId,
      storage,
      fetch: fetchOura,
      now,
      onAppRefused: noteAppRefused,
      onRefreshFailure(outcome) {
        if (outcome !== "app_refused") troubles.note(`refresh_${outcome}`); // `noteAppRefused` counts this outcome
      },
    });
    return theConnection;
  }

  function transport(): Transport {
    return {
      async fetch(input, init) {
        const response = await fetchOura(input, init);
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
    assistants,
    grants: createGrantStore(storage, now, assistants),
    // The list names entries in Workers KV that must be deleted. Some of them are deleted only after the account has
    // been deleted. The wrapper around the storage rejects writes when there is no account, so the list uses the
    // storage itself.
    tidy: createTidyList(context.storage.kv, env.OAUTH_KV, accountId, now),
    activity: createActivityLog(storage, now),
    state: createSessionStateStore(storage),
    cache: createAnswerCache(now, cacheSeconds * 1_000),
    extraTools: [],
    share: createRequestShare(now, accountRequests),
    troubles,
    // If the callback of `blockConcurrencyWhile` throws, the platform resets the Durable Object. So the callback
    // returns a failure as a value, and the failure is thrown only after the callback has ended.
    alone: async (work) => unwrap(await context.blockConcurrencyWhile(() => settle(work))),
    config,
    connection,
    transport,
    connecting: () => ({
      config: config().oura,
      tokenKeys: config().tokenKeys,
      accountId,
      storage,
      fetch: fetchOura,
      now,
      onAppRefused: noteAppRefused,
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

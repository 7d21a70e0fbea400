import * as z from "zod/mini";
import type { SealingKey } from "./crypto/seal.ts";

/**
 * The settings of a server. Only this file reads them from the worker's environment, and all other code receives a
 * {@link Config}. A value that cannot be parsed is never used. If the setting is required, it counts as missing. If it
 * is optional, a fallback value is used and {@link SiteConfig.malformed} lists the setting's name.
 */
export interface Config {
  site: SiteConfig;
  oura: OuraConfig;
  /** The keys that encrypt stored tokens. The first key encrypts new data, and every key can decrypt. */
  tokenKeys: readonly SealingKey[];
  /**
   * How many accounts may be connected to Oura at the same time. Further accounts wait in a queue. The operator can
   * override this number with the command `capacity`.
   */
  betaCapacity: number;
  /** Answers from Oura are cached for this long, in memory only. 0 turns the cache off. */
  cacheSeconds: number;
  /**
   * One account may cause at most this many requests to Oura in five minutes. Without a limit, one account could use up
   * the request quota that Oura gives to all accounts of this server together.
   */
  accountRequests: number;
  registration: "open" | "approve" | "invite";
  /**
   * Whether an assistant may identify itself with the address of a client metadata document. When false, every
   * assistant has to register at this server.
   */
  clientDocuments: boolean;
  /**
   * At most this many registrations are accepted in a day, from all networks together. The limit applies separately to
   * new accounts, to requests to connect a ring, and to OAuth clients.
   */
  registrationsPerDay: number;
}

export interface SiteConfig {
  /** An origin such as "https://example.com". When it is null, pages use the origin of each request. */
  publicUrl: string | null;
  serviceName: string;
  operatorName: string | null;
  operatorContact: string | null;
  sourceUrl: string | null;
  /**
   * Proves that a command comes from the operator. When it is null, the route for the operator's commands is disabled.
   */
  operatorKey: string | null;
  /** The optional settings whose values could not be parsed and were replaced by fallback values. */
  malformed: readonly string[];
  /**
   * Texts that this server publishes so that a directory of MCP servers can check who owns the server's address. Null
   * for a directory for which the operator has set no text.
   */
  proofs: { mcpRegistry: string | null; openai: string | null };
}

export interface OuraConfig {
  clientId: string;
  clientSecret: string;
  apiUrl: string;
  authorizeUrl: string;
  tokenUrl: string;
  revokeUrl: string;
}

export type Settings =
  | { kind: "ready"; config: Config; site: SiteConfig }
  | { kind: "incomplete"; missing: readonly string[]; site: SiteConfig };

/**
 * The largest value of the setting `CACHE_SECONDS`. The privacy page and the documents promise that health data stays
 * in memory for no longer than this.
 */
export const longestHoldSeconds = 60;

export const usualTokenUrl = "https://moi.ouraring.com/oauth/v2/ext/oauth-token";

const url = z
  .url({ protocol: /^https?$/ })
  .check(z.refine((text) => isHttps(text) || isLoopback(text), "https, or http on localhost"));
const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));

const origin = url.check(
  z.refine((value) => URL.parse(value)?.origin === value.replace(/\/$/, ""), "an origin without a path"),
);

const settingSchemas = {
  OURA_CLIENT_ID: text,
  OURA_CLIENT_SECRET: text,
  TOKEN_KEYS: z.pipe(z.string(), z.transform(parseKeyRing)),
  PUBLIC_URL: z.optional(
    z.pipe(
      origin,
      z.transform((value) => new URL(value).origin),
    ),
  ),
  OURA_API_URL: z._default(url, "https://api.ouraring.com"),
  OURA_AUTHORIZE_URL: z._default(url, "https://moi.ouraring.com/oauth/v2/ext/oauth-authorize"),
  OURA_TOKEN_URL: z._default(url, usualTokenUrl),
  OURA_REVOKE_URL: z._default(url, "https://moi.ouraring.com/oauth/v2/ext/oauth-revoke"),
  BETA_CAPACITY: z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(1_000_000)), 10),
  // The lower limit, 50, is enough for the most expensive question: a month of heart rate takes about 43 requests to
  // Oura.
  ACCOUNT_REQUESTS: z._default(z.coerce.number().check(z.int(), z.gte(50), z.lte(1_000_000)), 1_000),
  CACHE_SECONDS: z._default(z.coerce.number().check(z.int(), z.gte(0), z.lte(longestHoldSeconds)), longestHoldSeconds),
  REGISTRATION: z._default(z.enum(["open", "approve", "invite"]), "open"),
  CLIENT_DOCUMENTS: z._default(z.enum(["on", "off"]), "on"),
  // Each registered OAuth client costs one write to Workers KV. The default is a fifth of the writes to Workers KV that
  // Cloudflare's free plan allows in a day.
  REGISTRATIONS_PER_DAY: z._default(z.coerce.number().check(z.int(), z.gte(4), z.lte(1_000_000)), 200),
  SERVICE_NAME: z._default(text, "Ringbridge"),
  OPERATOR_NAME: z.optional(text),
  OPERATOR_CONTACT: z.optional(text),
  SOURCE_URL: z.optional(url),
  OPERATOR_KEY: z.optional(z.string().check(z.minLength(20))),
  MCP_REGISTRY_PROOF: z.optional(text),
  OPENAI_CHALLENGE: z.optional(text),
} as const;

export type SettingName = keyof typeof settingSchemas;
const requiredNames: readonly SettingName[] = ["OURA_CLIENT_ID", "OURA_CLIENT_SECRET", "TOKEN_KEYS"];
export const settingNames = Object.keys(settingSchemas) as SettingName[]; // Object.keys returns string[]

/**
 * If an optional setting is malformed, its default value is used. This table lists the settings for which another value
 * is used instead. By default everybody may register. If the value of REGISTRATION is malformed, the operator probably
 * wanted to limit who may register. In this case each person needs the operator's approval.
 */
const cautiousFallbacks: Readonly<Record<string, unknown>> = { REGISTRATION: "approve" };

/**
 * Reads all settings. An empty string counts as a setting that is not set, because the Cloudflare dashboard stores a
 * blank field as an empty string.
 */
export function readSettings(env: object): Settings {
  const missing: string[] = [];
  const malformed: string[] = [];
  function read<Name extends SettingName>(name: Name): z.output<(typeof settingSchemas)[Name]> | undefined {
    const value: unknown = Reflect.get(env, name);
    const parsed = settingSchemas[name].safeParse(value === "" ? undefined : value);
    // The cast restores the type of this setting, which zod loses.
    if (parsed.success) return parsed.data as z.output<(typeof settingSchemas)[Name]>;
    const isRequired = requiredNames.includes(name);
    (isRequired ? missing : malformed).push(name);
    // The cast restores the type that zod loses. For a required setting there is no fallback value, and nothing uses
    // the result, which is undefined.
    return settingSchemas[name].safeParse(cautiousFallbacks[name]).data as z.output<(typeof settingSchemas)[Name]>;
  }
  const site: SiteConfig = {
    publicUrl: read("PUBLIC_URL") ?? null,
    serviceName: read("SERVICE_NAME") ?? "Ringbridge",
    operatorName: read("OPERATOR_NAME") ?? null,
    operatorContact: read("OPERATOR_CONTACT") ?? null,
    sourceUrl: read("SOURCE_URL") ?? null,
    operatorKey: read("OPERATOR_KEY") ?? null,
    malformed,
    proofs: { mcpRegistry: read("MCP_REGISTRY_PROOF") ?? null, openai: read("OPENAI_CHALLENGE") ?? null },
  };
  const oura = {
    clientId: read("OURA_CLIENT_ID") ?? "",
    clientSecret: read("OURA_CLIENT_SECRET") ?? "",
    apiUrl: withoutTrailingSlash(read("OURA_API_URL") ?? ""),
    authorizeUrl: read("OURA_AUTHORIZE_URL") ?? "",
    tokenUrl: read("OURA_TOKEN_URL") ?? "",
    revokeUrl: read("OURA_REVOKE_URL") ?? "",
  };
  const rest = {
    tokenKeys: read("TOKEN_KEYS") ?? [],
    betaCapacity: read("BETA_CAPACITY") ?? 0,
    cacheSeconds: read("CACHE_SECONDS") ?? 0,
    accountRequests: read("ACCOUNT_REQUESTS") ?? 0,
    registration: read("REGISTRATION") ?? ("approve" as const),
    clientDocuments: read("CLIENT_DOCUMENTS") === "on",
    registrationsPerDay: read("REGISTRATIONS_PER_DAY") ?? 0,
  };
  if (missing.length > 0) return { kind: "incomplete", missing, site };
  return { kind: "ready", config: { site, oura, ...rest }, site };
}

/**
 * The least number of different bytes in a key. If a key has fewer, somebody has typed it or filled it with one value.
 * A random key of 32 bytes has so few different bytes only with a probability below 10⁻³⁰.
 */
const fewestDifferentBytes = 10;

/**
 * Parses a list of encryption keys in the form `id:base64,id:base64`. Each key has 32 random bytes. The first key
 * encrypts new data, and every key can decrypt. To replace a key, the operator puts the new key in front of the list.
 */
function parseKeyRing(value: string, context: z.core.ParsePayload): SealingKey[] {
  const ring: SealingKey[] = [];
  for (const entry of value.split(",")) {
    const match = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+=*)\s*$/.exec(entry);
    const key = match?.[2] ? decodeKey(match[2]) : null;
    const isRandom = key?.byteLength === 32 && new Set(key).size >= fewestDifferentBytes;
    if (!match?.[1] || !isRandom || ring.some((known) => known.id === match[1])) {
      context.issues.push({
        code: "custom",
        input: value,
        message: "id:base64 pairs of 32 random bytes, comma-separated, ids distinct",
      });
      return z.NEVER;
    }
    ring.push({ id: match[1], key });
  }
  return ring;
}

function decodeKey(value: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(value, { alphabet: /[-_]/.test(value) ? "base64url" : "base64" });
  } catch {
    return null;
  }
}

export function isLoopback(value: string): boolean {
  const url = URL.parse(value);
  return url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

function isHttps(value: string): boolean {
  return URL.parse(value)?.protocol === "https:";
}

function withoutTrailingSlash(value: string): string {
  return value.replace(/\/+$/, "");
}

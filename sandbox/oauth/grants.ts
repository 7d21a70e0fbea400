import type { Scope } from "../scopes.ts";
import type { SimulatorStore } from "../store.ts";

/** One day, as in live responses. */
export const ACCESS_TOKEN_SECONDS = 86_400;

/** What a person allowed one app. Access and refresh tokens refer to it, so revoking it ends them all. */
export interface Grant {
  id: string;
  clientId: string;
  person: string;
  scopes: Scope[];
}

export interface AccessToken {
  grantId: string;
  /** Epoch ms. */
  expiresAt: number;
}

export interface IssuedTokens {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
}

export type Access = { kind: "valid"; grant: Grant } | { kind: "unknown" } | { kind: "expired"; grant: Grant };
export type Refresh = { kind: "valid"; grant: Grant } | { kind: "unknown" } | { kind: "used" };

const key = {
  grant: (id: string): string => `grant:${id}`,
  access: (token: string): string => `access:${token}`,
  refresh: (token: string): string => `refresh:${token}`,
  used: (token: string): string => `used-refresh:${token}`,
};

export async function createGrant(store: SimulatorStore, grant: Omit<Grant, "id">): Promise<Grant> {
  const created = { ...grant, id: randomToken() };
  await store.put(key.grant(created.id), created);
  return created;
}

export async function issueTokens(
  store: SimulatorStore,
  grantId: string,
  now: number,
  expiresInSeconds = ACCESS_TOKEN_SECONDS,
): Promise<IssuedTokens> {
  const issued = { accessToken: randomToken(), refreshToken: randomToken(), expiresInSeconds };
  const access: AccessToken = { grantId, expiresAt: now + expiresInSeconds * 1_000 };
  await store.put(key.access(issued.accessToken), access);
  await store.put(key.refresh(issued.refreshToken), grantId);
  return issued;
}

export async function readAccess(store: SimulatorStore, token: string, now: number): Promise<Access> {
  const access = await store.get<AccessToken>(key.access(token));
  const grant = access && (await store.get<Grant>(key.grant(access.grantId)));
  if (!access || !grant) return { kind: "unknown" };
  return { kind: access.expiresAt > now ? "valid" : "expired", grant };
}

/** The grant a refresh token belongs to, without using it up. */
export async function peekRefresh(store: SimulatorStore, token: string): Promise<Grant | null> {
  const grantId = await store.get<string>(key.refresh(token));
  return (grantId && (await store.get<Grant>(key.grant(grantId)))) || null;
}

/** Uses a refresh token up. Of several parallel uses exactly one gets the grant. */
export async function takeRefresh(store: SimulatorStore, token: string): Promise<Refresh> {
  const grantId = await store.take<string>(key.refresh(token));
  if (!grantId) return { kind: (await store.get(key.used(token))) ? "used" : "unknown" };
  await store.put(key.used(token), true);
  const grant = await store.get<Grant>(key.grant(grantId));
  return grant ? { kind: "valid", grant } : { kind: "unknown" };
}

export async function findGrant(store: SimulatorStore, token: string): Promise<Grant | null> {
  const access = await store.get<AccessToken>(key.access(token));
  return access ? ((await store.get<Grant>(key.grant(access.grantId))) ?? null) : peekRefresh(store, token);
}

export async function revokeGrant(store: SimulatorStore, grantId: string): Promise<void> {
  await store.delete(key.grant(grantId));
}

export async function revokeGrantsOf(store: SimulatorStore, person: string): Promise<void> {
  for (const grant of (await store.list<Grant>("grant:")).values()) {
    if (grant.person === person) await revokeGrant(store, grant.id);
  }
}

/** Expires all access tokens of existing grants now, or with `person` only theirs. */
export async function expireAccessTokens(
  store: SimulatorStore,
  now: number,
  person: string | null = null,
): Promise<number> {
  let expired = 0;
  for (const [name, token] of await store.list<AccessToken>(key.access(""))) {
    const isMeant = person === null || (await store.get<Grant>(key.grant(token.grantId)))?.person === person;
    if (!isMeant || token.expiresAt <= now) continue;
    await store.put(name, { ...token, expiresAt: now });
    expired += 1;
  }
  return expired;
}

export function randomToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Every token ever issued, including used ones. Tests check that none is stored in plain text. */
export async function listTokens(store: SimulatorStore): Promise<string[]> {
  const prefixes = [key.access(""), key.refresh(""), key.used("")];
  const found = await Promise.all(prefixes.map(async (prefix) => ({ prefix, entries: await store.list(prefix) })));
  return found.flatMap(({ prefix, entries }) => Array.from(entries.keys(), (name) => name.slice(prefix.length)));
}

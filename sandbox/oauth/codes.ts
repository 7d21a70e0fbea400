import type { SimulatorStore } from "../store.ts";
import type { CodeChallenge } from "./authorization-request.ts";
import type { Grant } from "./grants.ts";
import { randomToken } from "./grants.ts";

const LIFETIME_MS = 10 * 60_000;

/** What a person has allowed, until the app exchanges the code. */
export interface PendingCode extends Omit<Grant, "id"> {
  redirectUri: string;
  codeChallenge: CodeChallenge | null;
  /** Epoch ms. */
  expiresAt: number;
}

export async function issueCode(
  store: SimulatorStore,
  pending: Omit<PendingCode, "expiresAt">,
  now: number,
): Promise<string> {
  const code = randomToken();
  await store.put(`code:${code}`, { ...pending, expiresAt: now + LIFETIME_MS });
  return code;
}

/** Deletes the code and returns its grant. A code is used up even if the request that carries it is invalid. */
export async function takeCode(store: SimulatorStore, code: string, now: number): Promise<PendingCode | null> {
  const pending = await store.take<PendingCode>(`code:${code}`);
  return pending && pending.expiresAt > now ? pending : null;
}

export async function personOfCode(store: SimulatorStore, code: string): Promise<string | null> {
  return (await store.get<PendingCode>(`code:${code}`))?.person ?? null;
}

import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import * as z from "zod/mini";
import { equalSecrets, hashSecret } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";
import { createAccountKey } from "./account-key.ts";
import { type Ceremony, type Passkey, verifySignIn } from "./passkeys.ts";

/** The account record: the sign-in methods, and nothing about the person. */
const accountRecord = z.object({
  createdAt: z.number(),
  /** Epoch ms of the last sign-in, click or call; updated at most once an hour. */
  lastSeenAt: z.number(),
  passkeys: z.array(
    z.object({
      id: z.string(),
      publicKey: z.string(),
      counter: z.number(),
      transports: z.array(z.string()),
      name: z.string(),
      createdAt: z.number(),
      lastUsedAt: z.nullable(z.number()),
    }),
  ),
  /** SHA-256 of the account key's secret; null when the account has no key. */
  keyHash: z.nullable(z.string()),
  /** Hashes of used sign-in challenges, kept until the challenge expires. */
  usedChallenges: z.array(z.object({ hash: z.string(), expiresAt: z.number() })),
  /** Always empty. Version 0.1.0 needs it to read the record. */
  keyFailures: z._default(z.array(z.number()), []),
});
export type AccountRecord = z.infer<typeof accountRecord>;

/** Storage key of the account record. The account exists while this record exists. */
export const accountKey = "account";
const hour = 3_600_000;
/** A form sent again within this time counts as a double click. After it, the form is rejected as already submitted. */
const doubleSubmitMilliseconds = 60_000;

export interface AccountStore {
  exists(): boolean;
  /** The record, or `account_gone`. */
  load(): AccountRecord;
  create(passkey: Passkey | null): void;
  /**
   * Creates an account without passkeys. Accepts one that was created like this within the last minute; throws
   * `ceremony_failed` for any other existing account.
   */
  createWithoutPasskey(): void;
  /** Updates `lastSeenAt`, at most once an hour. */
  noteSeen(): void;
  addPasskey(passkey: Passkey): void;
  namePasskey(id: string, name: string): void;
  removePasskey(id: string): void;
  /** After a sign-in: stores the authenticator's counter and the time. */
  touchPasskey(id: string, counter: number): void;
  /** Creates a new account key and returns its text; the old key stops working. Only its hash is stored. */
  replaceKey(): Promise<string>;
  /**
   * Throws `account_key_wrong`. Wrong keys are not counted here: the account id is in every assistant's token, so whoever
   * knows it could lock the owner out. A key has 160 random bits, and attempts are limited for each network address.
   */
  checkKey(secret: string): Promise<void>;
  /** Marks a challenge as used; false when it was used before. */
  useChallenge(challenge: string, expiresAt: number): Promise<boolean>;
}

export function createAccountStore(storage: SyncKvStorage, accountId: string, now: () => number): AccountStore {
  function load(): AccountRecord {
    const stored = storage.get(accountKey);
    if (stored === undefined) throw new AppError({ kind: "account_gone" });
    return accountRecord.parse(stored);
  }

  function update(change: Partial<AccountRecord>): void {
    storage.put(accountKey, { ...load(), ...change });
  }

  function create(passkey: Passkey | null): void {
    const record: AccountRecord = {
      createdAt: now(),
      lastSeenAt: now(),
      passkeys: passkey ? [passkey] : [],
      keyHash: null,
      usedChallenges: [],
      keyFailures: [],
    };
    storage.put(accountKey, record);
  }

  return {
    exists: () => storage.get(accountKey) !== undefined,
    load,
    createWithoutPasskey() {
      if (storage.get(accountKey) === undefined) return create(null);
      const { createdAt, passkeys } = load();
      if (passkeys.length > 0 || createdAt + doubleSubmitMilliseconds <= now()) {
        throw new AppError({ kind: "ceremony_failed" });
      }
    },
    create,
    noteSeen() {
      if (now() - load().lastSeenAt >= hour) update({ lastSeenAt: now() });
    },
    addPasskey(passkey) {
      const { passkeys } = load();
      if (passkeys.some((known) => known.id === passkey.id)) throw new AppError({ kind: "ceremony_failed" });
      update({ passkeys: [...passkeys, passkey] });
    },
    namePasskey(id, name) {
      update({ passkeys: load().passkeys.map((passkey) => (passkey.id === id ? { ...passkey, name } : passkey)) });
    },
    removePasskey(id) {
      const { passkeys, keyHash } = load();
      const rest = passkeys.filter((passkey) => passkey.id !== id);
      if (rest.length === 0 && keyHash === null) throw new AppError({ kind: "last_way_in" });
      update({ passkeys: rest });
    },
    touchPasskey(id, counter) {
      const touch = (passkey: Passkey) => (passkey.id === id ? { ...passkey, counter, lastUsedAt: now() } : passkey);
      update({ passkeys: load().passkeys.map(touch) });
    },
    async replaceKey() {
      const key = createAccountKey(accountId);
      const keyHash = await hashSecret(key.secret);
      update({ keyHash });
      return key.text;
    },
    async checkKey(secret) {
      const guess = await hashSecret(secret);
      const { keyHash } = load();
      if (keyHash === null || !equalSecrets(guess, keyHash)) throw new AppError({ kind: "account_key_wrong" });
    },
    async useChallenge(challenge, expiresAt) {
      const hash = await hashSecret(challenge);
      const usedChallenges = load().usedChallenges.filter((used) => used.expiresAt > now());
      if (usedChallenges.some((used) => used.hash === hash)) return false;
      update({ usedChallenges: [...usedChallenges, { hash, expiresAt }] });
      return true;
    },
  };
}

/**
 * Verifies a passkey response against the account's passkeys; throws `ceremony_failed`. Each challenge is accepted
 * once.
 */
export async function proveWithPasskey(
  account: AccountStore,
  response: AuthenticationResponseJSON,
  ceremony: Ceremony & { expiresAt: number },
): Promise<void> {
  const passkey = account.load().passkeys.find((known) => known.id === response.id);
  if (!passkey) throw new AppError({ kind: "ceremony_failed" });
  if (!(await account.useChallenge(ceremony.challenge, ceremony.expiresAt))) {
    throw new AppError({ kind: "ceremony_failed" });
  }
  account.touchPasskey(passkey.id, await verifySignIn(response, ceremony, passkey));
}

import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import * as z from "zod/mini";
import { equalSecrets, hashSecret } from "../crypto/secrets.ts";
import { AppError } from "../errors.ts";
import { createAccountKey } from "./account-key.ts";
import { type Ceremony, type Passkey, verifySignIn } from "./passkeys.ts";

/** How the person can sign in. The record contains nothing else about the person. */
const accountRecord = z.object({
  createdAt: z.number(),
  /**
   * When the account was last used (epoch ms): a person signed in or opened a page, or an assistant called a tool. To
   * save writes, the time is updated at most once an hour.
   */
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
  /** The SHA-256 hash of the secret in the account key (the key with which a person signs in without a passkey). */
  keyHash: z.nullable(z.string()),
  /**
   * Hashes of challenges that have been used to sign in. A hash is kept until its challenge expires, so that no
   * challenge is accepted twice.
   */
  usedChallenges: z.array(z.object({ hash: z.string(), expiresAt: z.number() })),
  /**
   * Always empty. Version 0.1.0 cannot read a record without this list, and the operator may return to that version.
   */
  keyFailures: z._default(z.array(z.number()), []),
});
export type AccountRecord = z.infer<typeof accountRecord>;

/** The account exists as long as the storage has a record under this key. */
export const accountKey = "account";
const hour = 3_600_000;
const doubleSubmitMilliseconds = 60_000;

export interface AccountStore {
  exists(): boolean;
  /** Throws `account_gone` when there is no account. */
  load(): AccountRecord;
  create(passkey: Passkey | null): void;
  /**
   * Creates the account. If it was already created less than a minute ago, the method does nothing, because the person
   * probably sent the form twice by a double click. Throws `ceremony_failed` if the account was created earlier or has
   * a passkey.
   */
  createWithoutPasskey(): void;
  noteSeen(): void;
  addPasskey(passkey: Passkey): void;
  namePasskey(id: string, name: string): void;
  removePasskey(id: string): void;
  /** Called after a sign-in with a passkey. `counter` is the authenticator's new count of signatures. */
  touchPasskey(id: string, counter: number): void;
  /** Returns the text of a new account key. The old key stops working. */
  replaceKey(): Promise<string>;
  /**
   * Throws `account_key_wrong` when the secret is wrong. Wrong secrets do not lock the account. If they did, anybody
   * who knows the account id could lock the owner out, and every assistant's token contains this id. It is safe not to
   * lock the account: a secret has 160 random bits, and attempts are limited for each network address, so nobody can
   * guess it.
   */
  checkKey(secret: string): Promise<void>;
  /** Returns false when the challenge was used before. */
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

/** Throws `ceremony_failed` when the response is not accepted or its challenge was used before. */
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

import { AppError } from "../errors.ts";
import { accountKey } from "./account.ts";

/**
 * Wraps the storage so that it rejects writes when there is no account. If an account is deleted while a call is still
 * running, the call can then store nothing. Only the account record itself can be written while there is no account.
 */
export function requireAccountForWrites(storage: SyncKvStorage): SyncKvStorage {
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

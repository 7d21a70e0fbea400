import type { PlantedFault } from "./plant-fault.ts";

/** Places, the queue for them, and whose an Oura account is. */
export const placeFaults: readonly PlantedFault[] = [
  {
    name: "the last who asked for a place gets the next one",
    file: "src/registry/registry.ts",
    find: "ORDER BY number LIMIT 1`",
    replace: "ORDER BY number DESC LIMIT 1`",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "an unused place lapses at once",
    file: "src/registry/registry.ts",
    find: "now() - lapseMilliseconds,",
    replace: "now() - 0,",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "a connected place lapses",
    file: "src/registry/registry.ts",
    find: "WHERE owner_hash IS NULL AND saw_connect_at < ?",
    replace: "WHERE saw_connect_at < ?",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "one Oura account belongs to two accounts",
    file: "src/registry/registry.ts",
    find: '    if (holder && holder !== accountId) return "taken";\n',
    replace: "",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "a take-over leaves the place with the account it was taken from",
    file: "src/registry/registry.ts",
    find: '      this.sql.exec("UPDATE places SET account_id = ? WHERE account_id = ?", accountId, holder);\n',
    replace: "",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "a place can be had without a turn by whoever has an Oura account",
    file: "src/registry/registry.ts",
    find: 'return update.rowsWritten > 0 ? "claimed" : "no_place";',
    replace: 'return update.rowsWritten >= 0 ? "claimed" : "no_place";',
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "an invitation works twice",
    file: "src/registry/registry.ts",
    find: 'return this.sql.exec("DELETE FROM invitations WHERE hash = ?", hash).rowsWritten > 0;',
    replace: "return this.knowsInvitation(invitation);",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "an invitation works for ever",
    file: "src/registry/registry.ts",
    find: "now() - invitationMilliseconds);",
    replace: "0);",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "an Oura user id can be guessed from what is kept of it",
    file: "src/registry/registry.ts",
    find: "return keyedHash(key, ouraUserId);",
    replace: "return hashSecret(ouraUserId);",
    tests: ["test/registry/registry.test.ts"],
  },
  {
    name: "a place is kept for an account that is gone",
    file: "src/registry/registry.ts",
    find: '  release(accountId: string): void {\n    this.sql.exec("DELETE FROM places WHERE account_id = ?", accountId);\n',
    replace: "  release(accountId: string): void {\n",
    tests: ["test/registry/registry.test.ts"],
  },
];

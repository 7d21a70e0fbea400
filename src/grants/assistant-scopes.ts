import type { AccountStore } from "../account/account.ts";
import { AppError } from "../errors.ts";
import { intersectScopes, type ScopeName } from "../oura/scopes.ts";
import type { AssistantStore } from "./assistants.ts";

/**
 * The scopes that both the token and the assistant's record allow. They can differ: the client can ask for a token with
 * fewer scopes, and the person can remove scopes from the record. Throws `account_gone` or `assistant_revoked` when the
 * assistant may read nothing.
 */
export function assistantScopes(
  { account, assistants }: { account: AccountStore; assistants: AssistantStore },
  { assistantId, scopes }: { assistantId: string; scopes: readonly string[] },
): readonly ScopeName[] {
  if (!account.exists()) throw new AppError({ kind: "account_gone" });
  const assistant = assistants.find(assistantId);
  if (assistant === null || !assistants.isAllowed(assistantId)) throw new AppError({ kind: "assistant_revoked" });
  return intersectScopes(scopes, assistant.scopes);
}

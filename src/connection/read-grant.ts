import { AppError } from "../errors.ts";
import { createCallBudget } from "../oura/budget.ts";
import type { OuraTokens } from "../oura/oauth.ts";
import { personalInfo } from "../oura/schemas.ts";
import { parseScopes } from "../oura/scopes.ts";
import { readOura, type Transport } from "../oura/transport.ts";
import type { GrantedScopes } from "./connection.ts";
import { proveScopes } from "./prove-scopes.ts";

/**
 * Finds out which scopes the person has granted and which Oura user they belong to. The scopes are read from the token
 * response. If the response names no scopes, they are read from the address to which Oura redirected the browser. If
 * the address names none either, test requests show which scopes work. Every token may read the Oura user id, whatever
 * scopes the person has granted.
 * @param redirectScope The scopes as Oura's redirect names them; null when it names none
 */
export async function readGrant(
  dependencies: { transport: Omit<Transport, "tokens">; now(): number },
  tokens: OuraTokens,
  redirectScope: string | null,
): Promise<{ ouraUserId: string; scopes: GrantedScopes }> {
  const { now } = dependencies;
  const named = tokens.scopes ?? (redirectScope === null ? null : parseScopes(redirectScope));
  // The caller revokes a grant without scopes, so its user id is not read from Oura.
  if (named?.length === 0) return { ouraUserId: "", scopes: { names: [], areProven: false } };
  const source = { current: async () => tokens.accessToken, replace: async () => tokens.accessToken };
  const transport = { ...dependencies.transport, tokens: source };
  const budget = createCallBudget(now);
  const profile = await readOura(transport, budget, "/v2/usercollection/personal_info");
  const parsed = personalInfo.safeParse(profile);
  if (!parsed.success) throw new AppError({ kind: "oura_malformed" });
  const scopes =
    named === null
      ? { names: await proveScopes({ transport, budget, now }, profile), areProven: true }
      : { names: named, areProven: false };
  return { ouraUserId: parsed.data.id, scopes };
}

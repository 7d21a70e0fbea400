import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getOAuthApi } from "@cloudflare/workers-oauth-provider";
import type { Bindings } from "../../src/bindings.ts";
import { type Assistant, origin } from "./product.ts";
import { requestToken, type TokenAnswer } from "./token-requests.ts";

const nowhere = { fetch: async () => new Response() };
const options = {
  apiRoute: "/mcp",
  apiHandler: nowhere,
  defaultHandler: nowhere,
  authorizeEndpoint: `${origin}/authorize`,
  tokenEndpoint: `${origin}/oauth/token`,
  scopesSupported: ["daily", "ring_configuration", "offline_access"],
  resourceMetadata: { resource: `${origin}/mcp`, authorization_servers: [origin] },
};

/** Tokens as 0.1.0 issued them: the user id has no tag, and the grant is in Workers KV. */
export async function issueOldTokens(assistant: Assistant): Promise<TokenAnswer & { assistantId: string }> {
  const { accountId, client } = assistant;
  const assistantId = "old-approval";
  await runInDurableObject(env.RING_AGENT.getByName(accountId), (_object, { storage }) => {
    const [[, newer] = []] = storage.kv.list<Record<string, unknown>>({ prefix: "assistant:" });
    const { storedHere: _storedHere, ...record } = newer ?? {};
    storage.kv.put(`assistant:${assistantId}`, { ...record, clientId: "another client" });
  });
  const verifier = "v".repeat(64);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const { redirectTo } = await getOAuthApi<Bindings>(options, env).completeAuthorization({
    request: {
      responseType: "code",
      clientId: client.clientId,
      redirectUri: client.redirectUri,
      scope: ["daily", "ring_configuration", "offline_access"],
      state: "x",
      codeChallenge: new Uint8Array(digest).toBase64({ alphabet: "base64url", omitPadding: true }),
      codeChallengeMethod: "S256",
      resource: `${origin}/mcp`,
      issuer: origin,
    },
    userId: accountId,
    metadata: { assistantId },
    scope: ["daily", "ring_configuration", "offline_access"],
    props: { assistantId },
    revokeExistingGrants: false,
  });
  const tokens = await requestToken({
    grant_type: "authorization_code",
    code: new URL(redirectTo).searchParams.get("code") ?? "",
    redirect_uri: client.redirectUri,
    client_id: client.clientId,
    code_verifier: verifier,
  });
  return { ...tokens, assistantId };
}

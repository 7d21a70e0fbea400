import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";

/**
 * Revokes OAuth grants. The agent already rejects the assistant; ending its tokens makes it ask for authorization
 * again.
 */
export async function revokeGrants(
  provider: OAuthHelpers,
  accountId: string,
  shouldRevoke: (assistantId: unknown) => boolean,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const grants = await provider.listUserGrants(accountId, cursor ? { cursor } : {});
    for (const grant of grants.items) {
      if (shouldRevoke(grant.metadata?.assistantId)) await provider.revokeGrant(grant.id, accountId);
    }
    cursor = grants.cursor;
  } while (cursor);
}

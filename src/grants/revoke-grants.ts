import type { OAuthHelpers } from "@cloudflare/workers-oauth-provider";

/** The agent already refuses the assistant; this also ends its tokens, so that it notices and asks again. */
export async function revokeGrants(
  provider: OAuthHelpers,
  accountId: string,
  ends: (assistantId: unknown) => boolean,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const grants = await provider.listUserGrants(accountId, cursor ? { cursor } : {});
    for (const grant of grants.items) {
      if (ends(grant.metadata?.assistantId)) await provider.revokeGrant(grant.id, accountId);
    }
    cursor = grants.cursor;
  } while (cursor);
}

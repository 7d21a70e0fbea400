import { type AuthRequest, authorizationErrorRedirect } from "@cloudflare/workers-oauth-provider";
import type { AppContext } from "../web/app.ts";
import { limitAttempts } from "../web/limits.ts";
import { DocumentsOffError, expectPlainHost, expectPublicClient, isDocumentAddress } from "./client-document.ts";
import { expectAcceptedTarget } from "./redirect-target.ts";

/**
 * Checks the client id and the redirect address of an assistant's OAuth request, then parses the request. The checks
 * come first, because the client id may be an address, which the OAuth provider fetches while it parses the request.
 */
export async function readAuthRequest(c: AppContext, address: URL): Promise<AuthRequest> {
  const clientId = address.searchParams.get("client_id") ?? "";
  if (!c.get("config").clientDocuments && isDocumentAddress(clientId)) throw new DocumentsOffError();
  expectPublicClient(clientId); // this check must run before the client id is fetched
  expectAcceptedTarget(address.searchParams.get("redirect_uri") ?? "");
  const request = await c.env.OAUTH_PROVIDER.parseAuthRequest(new Request(address));
  expectPlainHost(request.redirectUri);
  return request;
}

/**
 * Returns the OAuth request of an assistant that waits until the person has signed in. `next` is the page that opens
 * after signing in. Null when this page does not belong to an assistant's request. Reading the request may fetch the
 * client's metadata document, so the call is rate limited.
 */
export async function waitingAssistant(c: AppContext, next: string): Promise<AuthRequest | null> {
  if (!next.startsWith("/authorize?")) return null;
  await limitAttempts(c, c.env.LIMIT_AUTHORIZE);
  return readAuthRequest(c, new URL(next, c.get("origin")));
}

export function refuseAuthorization(request: AuthRequest, headers = new Headers()): Response {
  headers.set("Location", authorizationErrorRedirect(request, "access_denied"));
  return new Response(null, { status: 302, headers });
}

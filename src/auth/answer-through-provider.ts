import type { OAuthProvider } from "@cloudflare/workers-oauth-provider";
import type { Bindings, RequestBindings } from "../bindings.ts";
import type { Config } from "../config.ts";
import { readAgain } from "../outcome.ts";
import { answerTooLarge, boundBody } from "../web/body-limit.ts";
import { explainUnauthorized, mcpPath } from "../web/mcp-address.ts";
import { askProvider } from "./ask-provider.ts";
import { limitOAuthRequest, readOAuthRequest } from "./oauth-endpoints.ts";
import { serverMetadataPath, withoutDocumentOffer } from "./server-metadata.ts";

/**
 * Checks the rate, the size and the form of a request, then calls the OAuth provider. The provider passes requests for
 * pages on to the router, and MCP requests with a valid token on to the account's Durable Object.
 */
export async function answerThroughProvider(
  request: Request,
  provider: OAuthProvider<RequestBindings>,
  { clientDocuments, tokenKeys }: Pick<Config, "clientDocuments" | "tokenKeys">,
  env: Bindings,
  context: ExecutionContext,
): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  await limitOAuthRequest(request, env, context);
  const bounded = await boundBody(request);
  if (bounded === null) return answerTooLarge();
  const checked = await readOAuthRequest(bounded, clientDocuments);
  if (checked instanceof Response) return checked;
  const ask = (sent: Request) => askProvider(provider, sent, tokenKeys, env, context);
  if (pathname === mcpPath) return explainUnauthorized(request, await askAgainAfterReset(ask, checked));
  const response = await ask(checked);
  return pathname === serverMetadataPath ? withoutDocumentOffer(response, origin) : response;
}

/**
 * A deployment can reset the Durable Object while it handles an MCP request. The request is then sent a second time,
 * which is safe, because MCP requests only read data. The body is read first, because a stream can be sent only once.
 */
async function askAgainAfterReset(ask: (sent: Request) => Promise<Response>, request: Request): Promise<Response> {
  const body = request.body === null ? null : await request.arrayBuffer();
  return readAgain(() => ask(new Request(request, { body })));
}

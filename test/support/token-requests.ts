import { exports } from "cloudflare:workers";
import { type Assistant, createBrowser } from "./product.ts";
import { mcpRequest } from "./wire.ts";

/** The answer of the token endpoint. */
export interface TokenAnswer {
  status: number;
  error?: string;
  scope?: string;
  access_token: string;
  refresh_token: string;
}

export async function requestToken(form: Record<string, string>): Promise<TokenAnswer> {
  return readToken(await createBrowser().submitForm("/oauth/token", new URLSearchParams(form)));
}

export async function readToken(response: Response): Promise<TokenAnswer> {
  return { ...(await response.json<TokenAnswer>()), status: response.status };
}

/** The form of a refresh by an assistant's own client. */
export function refreshForm({ client }: Pick<Assistant, "client">, refreshToken: string): Record<string, string> {
  return { grant_type: "refresh_token", refresh_token: refreshToken, client_id: client.clientId };
}

/** Refreshes as an assistant's own client. */
export function refreshAs(assistant: Pick<Assistant, "client">, refreshToken: string): Promise<TokenAnswer> {
  return requestToken(refreshForm(assistant, refreshToken));
}

/** The status of a request to the MCP endpoint. */
export async function statusOfToken(accessToken: string): Promise<number> {
  const response = await exports.default.fetch(mcpRequest(accessToken));
  await response.text();
  return response.status;
}

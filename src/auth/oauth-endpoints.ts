import type { Bindings } from "../bindings.ts";
import { AppError } from "../errors.ts";
import { countRefusal, isWithinLimit } from "../web/limits.ts";
import { withRegisteringPage } from "./client-sites.ts";
import { readTokenRequest } from "./token-request.ts";

/**
 * An error answer of the token or registration endpoint (RFC 6749 §5.2, RFC 7591 §3.2.2). Web pages of every site may
 * read it.
 */
export function answerOAuthError(
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(
    { error, error_description: description },
    { status, headers: { "access-control-allow-origin": "*", "cache-control": "no-store", ...headers } },
  );
}

/**
 * Applies the rate limit of the token or registration endpoint. Throws `too_many_attempts` when the network has sent
 * too many requests.
 */
export async function limitOAuthRequest(request: Request, env: Bindings, context: ExecutionContext): Promise<void> {
  const { pathname } = new URL(request.url);
  const limiter = limiterOf(env, pathname);
  if (limiter === null || request.method === "OPTIONS") return;
  if (await isWithinLimit(env, limiter, request)) return;
  countRefusal(env, context);
  throw new AppError({ kind: "too_many_attempts", retryAfterSeconds: 60 });
}

function limiterOf(env: Bindings, pathname: string): RateLimit | null {
  switch (pathname) {
    case "/oauth/register":
      return env.LIMIT_CLIENT_REGISTRATION;
    case "/oauth/token":
      return env.LIMIT_TOKEN;
    default:
      return null;
  }
}

export function isJson(request: Request): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "");
}

/**
 * Returns the request for the OAuth provider, or the answer that refuses it. A client registration must be JSON.
 * Otherwise any web page could send one as plain text or as a form, for which browsers make no CORS preflight.
 */
export async function readOAuthRequest(request: Request, clientDocuments: boolean): Promise<Request | Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/oauth/register" && request.method === "POST") {
    if (isJson(request)) return withRegisteringPage(request);
    return answerOAuthError(
      415,
      "invalid_client_metadata",
      "A registration must have the content type application/json.",
    );
  }
  if (pathname !== "/oauth/token") return request;
  const read = await readTokenRequest(request, clientDocuments);
  return read.kind === "accepted" ? read.request : answerOAuthError(read.status, read.error, read.description);
}

import { describeFailure, type Failure } from "../errors.ts";
import { statusOf } from "../web/failure-page.tsx";
import { answerOAuthError } from "./oauth-endpoints.ts";

/**
 * Answers a request that failed, if no other code has answered it. A request to an OAuth endpoint, which a program
 * sends, gets an OAuth error in JSON. Every other request gets a sentence as plain text.
 */
export function answerFailure(request: Request, failure: Failure): Response {
  const { origin, pathname } = new URL(request.url);
  const status = statusOf(failure);
  const text = describeFailure(failure, { home: `${origin}/`, panel: `${origin}/panel` });
  const seconds = "retryAfterSeconds" in failure ? failure.retryAfterSeconds : null;
  const retry: Record<string, string> = status === 429 || status === 503 ? { "retry-after": `${seconds ?? 60}` } : {};
  if (pathname.startsWith("/oauth/")) return answerOAuthError(status, errorCodeOf(status), text, retry);
  return new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8", ...retry } });
}

/**
 * The error code of RFC 6749 for a status. Section 5.2 is about the token endpoint, but it has codes only for mistakes
 * of the client. So for failures of the server, the codes of section 4.1.2.1 are used.
 */
function errorCodeOf(status: ReturnType<typeof statusOf>): string {
  switch (status) {
    case 400:
      return "invalid_request";
    case 500:
      return "server_error";
    case 429:
    case 503:
      return "temporarily_unavailable";
  }
}

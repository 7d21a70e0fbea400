import { AuthorizationError, CimdFetchError } from "@cloudflare/workers-oauth-provider";
import type { AppContext } from "../web/app.ts";
import { BackToPanel, Decision } from "../web/decision.tsx";
import { page } from "../web/respond.tsx";
import { DocumentsOffError, hasPlainHost } from "./client-document.ts";
import { acceptedTargets, UnacceptedTargetError } from "./redirect-target.ts";

/**
 * Answers an error in an OAuth authorization request. If the client's redirect address is verified, the browser is
 * redirected to the client with the error. Otherwise this server shows a page. Returns null if `error` is not an error
 * of the authorization endpoint.
 */
export function authorizationErrorAnswer(c: AppContext, error: unknown): Response | Promise<Response> | null {
  const redirectTo = error instanceof AuthorizationError && mayRedirect(error) ? error.redirectTo : null;
  if (redirectTo) return c.redirect(redirectTo, 302);
  if (isAuthorizationProblem(error)) {
    return page(
      c,
      { title: "The assistant could not be connected", status: 400 },
      <Decision icon="warning" heading="The assistant could not be connected">
        <AuthorizationProblem error={error} />
        <BackToPanel />
      </Decision>,
    );
  }
  return null;
}

type AuthorizationProblem = AuthorizationError | CimdFetchError | DocumentsOffError | UnacceptedTargetError;

function isAuthorizationProblem(error: unknown): error is AuthorizationProblem {
  const kinds = [AuthorizationError, CimdFetchError, DocumentsOffError, UnacceptedTargetError];
  return kinds.some((kind) => error instanceof kind);
}

function AuthorizationProblem({ error }: { error: AuthorizationProblem }) {
  if (error instanceof UnacceptedTargetError) {
    return (
      <>
        <p>
          {error.scheme === "http"
            ? "The assistant wants to receive its access on another computer, without encryption (http). Other people could read the access on the way, so this service refused."
            : `The assistant wants to receive its access through an app that this service does not know. Addresses that start with “${error.scheme}:” open this app. A harmful app could get the access in this way, so this service refused.`}
        </p>
        <p>
          The assistant got no access. For safety, this service sends access only to one of these: {acceptedTargets}. If
          your assistant can use none of these, make an access token on the page “Your MCP server” and enter the token
          in the settings of your assistant.
        </p>
      </>
    );
  }
  if (error instanceof DocumentsOffError) {
    return (
      <>
        <p>The assistant identifies itself with a document on the web. This service does not read such documents.</p>
        <p>
          The assistant got no access. Remove this service from your assistant and add this service again. The assistant
          then identifies itself in another way.
        </p>
      </>
    );
  }
  if (error instanceof CimdFetchError) {
    return (
      <>
        <p>
          The assistant identifies itself with a document on the web. The document could not be read, so this service
          could not check who the assistant is.
        </p>
        <p>
          The assistant got no access. Go back to your assistant and connect again in a few minutes. If you see this
          page again, use another assistant. Cursor and VS Code, for example, can connect without a document on the web.
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        The page on which you allow an assistant works only once, only for ten minutes, and only in the browser and
        account in which you opened it. Perhaps one of these conditions was not met. It is also possible that the
        assistant sent a request with a mistake.
      </p>
      <p>The assistant got no access. Go back to your assistant and connect again.</p>
    </>
  );
}

/**
 * Whether the browser may be redirected to the client with the error. If the client asks for an unsupported response
 * type, the browser is not redirected. No real client asks for such a type by mistake. A hostile client could ask for
 * one on purpose, so that a link to this server leads people to the client's own site. If the host of the redirect
 * address has unusual characters, the browser is not redirected either.
 */
function mayRedirect({ code, redirectUri = "" }: AuthorizationError): boolean {
  return code !== "unsupported_response_type" && hasPlainHost(redirectUri);
}

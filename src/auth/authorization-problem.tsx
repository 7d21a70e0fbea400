import { AuthorizationError, CimdFetchError } from "@cloudflare/workers-oauth-provider";
import type { AppContext } from "../web/app.ts";
import { Choices, Decision } from "../web/decision.tsx";
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
        <Choices>
          <a class="button" href="/panel">
            Go to your MCP server
          </a>
        </Choices>
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
            ? "The assistant wants its access sent to another computer without encryption (http). Others could read it on the way, so this service refused."
            : `The assistant wants its access sent to an app that this service does not know (addresses that start with ${error.scheme}:). A harmful app could get the access in this way, so this service refused.`}
        </p>
        <p>
          The assistant got no access. For safety, the code that gives access may go only to one of these:{" "}
          {acceptedTargets}. If your assistant uses another address, make an access token for it on the page “Your MCP
          server”.
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
          The document that identifies the assistant could not be read. This document is on the web, and this service
          needs it to check who the assistant is.
        </p>
        <p>
          The assistant got no access. Go back to your assistant and connect again in a few minutes. If you see this
          page again, use another assistant, such as Cursor or VS Code, which needs no document on the web.
        </p>
      </>
    );
  }
  return (
    <>
      <p>
        The page on which you allow an assistant was used before, was open for more than ten minutes, or belongs to
        another browser or account. It is also possible that the assistant's request was not valid.
      </p>
      <p>The assistant got no access. Go back to your assistant and connect again.</p>
    </>
  );
}

/**
 * For an unsupported response type, the browser is not redirected to the client. No real client asks for such a type by
 * mistake. A hostile client could ask for one on purpose: a link to this server would then lead people to the client's
 * own site. The browser is also not redirected if the host of the redirect address has unusual characters.
 */
function mayRedirect({ code, redirectUri = "" }: AuthorizationError): boolean {
  return code !== "unsupported_response_type" && hasPlainHost(redirectUri);
}

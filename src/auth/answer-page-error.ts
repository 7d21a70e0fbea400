import { HTTPException } from "hono/http-exception";
import { logFailure } from "../outcome.ts";
import type { AppContext } from "../web/app.ts";
import { failurePage } from "../web/failure-page.tsx";
import { authorizationErrorAnswer } from "./authorization-problem.tsx";
import { foreignFormPage } from "./foreign-form-page.tsx";
import { passkeyFailure } from "./passkey-requests.ts";
import { confirmAddress } from "./sign-in-address.ts";

/** Answers an error that a route of the pages throws. */
export function answerPageError(c: AppContext, error: Error): Response | Promise<Response> {
  const answer = authorizationErrorAnswer(c, error);
  if (answer) return answer;
  // This class is thrown in only one case: a form was sent that does not come from this site.
  if (error instanceof HTTPException) return foreignFormPage(c);
  const failure = logFailure(error);
  // The scripts of the pages ask for JSON, and show the error in the page.
  if (c.req.header("accept") === "application/json") return passkeyFailure(c, failure);
  if (failure.kind === "proof_needed") return c.redirect(confirmAddress(c), 303);
  return failurePage(c, failure);
}

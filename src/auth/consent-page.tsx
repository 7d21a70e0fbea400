import type { ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { defaultScopeNames, isScopeName, type ScopeName, scopeNames } from "../oura/scopes.ts";
import { buttonWords } from "../web/button-words.ts";
import { presentableName, quoteName } from "../web/client-name.ts";
import { Icon } from "../web/icon.tsx";
import { initialOf } from "../web/initial.ts";
import { Note } from "../web/note.tsx";
import { ScopeChoice } from "../web/scope-choice.tsx";
import { WalkSteps } from "../web/walk-steps.tsx";
import { appOf, describeTarget } from "./redirect-target.ts";

interface ConsentPageProps {
  details: ConsentDescription;
  /** Removed from an assistant's name, so that no assistant can seem to be this service. */
  ownNames: readonly string[];
  handle: string;
  /** The address of this page, to which the form is sent. After a mistake the person sees this page again. */
  action: string;
  /** Shown after the form was sent with no box ticked. The page then shows all boxes unticked. */
  problem: string | null;
  connectsNext: boolean;
}

/**
 * The name and the addresses come from the assistant, so they are shown as plain text, and the page does not rely on
 * them.
 */
export function ConsentPage({ details, ownNames, handle, action, problem, connectsNext }: ConsentPageProps) {
  const ticked = problem === null ? preselectScopes(details.scope) : [];
  const name = presentableName(details.clientName, ownNames);
  const app = appOf(details.redirectUri);
  return (
    <>
      {connectsNext ? <WalkSteps current="Allow" /> : null}
      <div class="flow">
        <div class="between" aria-hidden="true">
          <span class="tile">{initialOf(name)}</span>
          <Icon name="arrow" />
          <span class="tile">
            <Icon name="ring" />
          </span>
        </div>
        <h1>{`Allow ${quoteName(name)} to read your Ōura Ring?`}</h1>
        {problem ? (
          <Note tone="problem" role="alert">
            {problem}
          </Note>
        ) : null}
        <div class="card">
          <dl class="body facts">
            <dt>Published by</dt>
            <dd>
              {details.clientDomain ? (
                <strong>{details.clientDomain}</strong>
              ) : (
                "not known. The assistant chose its name itself, and this service could not check the name."
              )}
            </dd>
            <dt>Access goes to</dt>
            <dd>
              <strong>{hostWithPort(details)}</strong>
            </dd>
          </dl>
        </div>
        {details.redirectIsLoopback || app ? (
          <Note tone="warning">
            If you press Allow, {app ? "an app on this device" : "a program on your own computer"} gets access to your
            data. Press Allow only if you have just started to connect this {app ? "app" : "program"} yourself.
            {app ? ` Your browser may ask whether to open ${app.name}.` : null}
          </Note>
        ) : null}
        <form method="post" action={action} class="card">
          <input type="hidden" name="handle" value={handle} />
          <fieldset class="body">
            <legend>
              <h2>What the assistant may read</h2>
            </legend>
            <ScopeChoice prefix="may" offered={scopeNames} ticked={ticked} />
          </fieldset>
          <div class="body flow">
            <p>
              Whenever this assistant asks, the data that you allow goes to the company or person that makes the
              assistant. The assistant can only read. You can end the assistant's access at any time on the page “Your
              MCP server”.
            </p>
            <p class="quiet small">
              The permission Daily Summaries includes your heart rate and heart rate variability (HRV) during the night.
              The permission Stress works only if you tick Daily Summaries too.
            </p>
            <p class="quiet small">
              <strong>What happens next:</strong>{" "}
              {connectsNext
                ? "Ōura asks you which data Ōura may share with this service. Then you return to your assistant."
                : "you return to your assistant, and it can read what you allowed."}
            </p>
          </div>
          <div class="actions">
            <button type="submit" name="decision" value="allow">
              {buttonWords.allow}
            </button>
            <button type="submit" name="decision" value="deny" class="plain">
              {buttonWords.deny}
            </button>
          </div>
        </form>
      </div>
    </>
  );
}

/** The default scopes that the assistant asked for; all default scopes when it asked for no known scope. */
function preselectScopes(asked: readonly string[]): readonly ScopeName[] {
  const known = asked.filter(isScopeName);
  return known.length === 0 ? defaultScopeNames : defaultScopeNames.filter((name) => known.includes(name));
}

/**
 * Returns the host of the redirect address with its port. Without the port, all programs on the person's own computer
 * would have the same host.
 */
function hostWithPort({ redirectUri, redirectHost }: ConsentDescription): string {
  return describeTarget(redirectUri, URL.parse(redirectUri)?.host || redirectHost);
}

import type { ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { defaultScopeNames, isScopeName, type ScopeName, scopes } from "../oura/scopes.ts";

interface ConsentPageProps {
  details: ConsentDescription;
  handle: string;
  /** Where the form posts: this page's own address, so that a mistake shows the same page again. */
  action: string;
  /** Set when the form came back with nothing ticked; it is shown as it was. */
  problem: string | null;
  /** Whether Oura still has to be connected after this. */
  connectsNext: boolean;
}

/** What an assistant is about to be allowed. Everything a client says of itself is shown as text, never trusted. */
export function ConsentPage({ details, handle, action, problem, connectsNext }: ConsentPageProps) {
  const ticked = problem === null ? tickedAtFirst(details.scope) : [];
  return (
    <>
      <h1>Allow {details.clientName} to read your Ōura Ring?</h1>
      {problem ? <p role="alert">{problem}</p> : null}
      <dl>
        <dt>Published by</dt>
        <dd>{details.clientDomain ? <strong>{details.clientDomain}</strong> : <>not verified: it named itself</>}</dd>
        <dt>Access goes to</dt>
        <dd>
          <strong>{hostWithPort(details)}</strong>
        </dd>
      </dl>
      {details.redirectIsLoopback ? (
        <p class="warning">
          This gives access to a program on your own computer. Go on only if you have just started this from there.
        </p>
      ) : null}
      <form method="post" action={action} class="block">
        <input type="hidden" name="handle" value={handle} />
        <fieldset>
          <legend>
            <h2>What it may read</h2>
          </legend>
          <div class="card">
            {scopes.map(({ name, label, unlocks }) => (
              <label class="tick">
                <input type="checkbox" name="scope" value={name} checked={ticked.includes(name)} />
                <span>
                  {label} <span class="quiet">{unlocks}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <p>
          What you allow goes to this assistant's maker whenever it asks. It can only read, and you can take it back at
          any time under Your MCP server.
        </p>
        <p class="quiet">
          Heart rate and HRV of the night belong to Daily Summaries. Stress needs Daily Summaries as well.
        </p>
        {connectsNext ? <p>Next, Ōura asks what it may share; then you are back at your assistant.</p> : null}
        <button type="submit" name="decision" value="allow">
          Allow
        </button>
        <button type="submit" name="decision" value="deny" class="plain">
          Deny
        </button>
      </form>
    </>
  );
}

/** What the client asked for, of what is ticked by default; the defaults when it asked for nothing we know. */
function tickedAtFirst(asked: readonly string[]): readonly ScopeName[] {
  const known = asked.filter(isScopeName);
  return known.length === 0 ? defaultScopeNames : defaultScopeNames.filter((name) => known.includes(name));
}

/** With its port, which is all that tells one program on this computer from another. */
function hostWithPort({ redirectUri, redirectHost }: ConsentDescription): string {
  return URL.parse(redirectUri)?.host || redirectHost;
}

import { accessTokenLifetimes } from "../../grants/make-access-token.ts";
import { type ScopeName, scopeNames } from "../../oura/scopes.ts";
import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";
import { Note } from "../../web/note.tsx";
import { ScopeChoice } from "../../web/scope-choice.tsx";

/** In characters. */
export const longestTokenName = 60;

/**
 * The values that the form shows. At first they are the default values. If the person sends a value that is not valid,
 * the form appears again with the values that the person sent.
 */
export interface AccessTokenForm {
  /**
   * The id of the new token's record. It is chosen when the page is shown. If the browser sends the form twice, both
   * requests have the same id, and only one token is made.
   */
  id: string;
  name: string;
  scopes: readonly ScopeName[];
  days: number;
}

export function AccessTokenPage({ form, problem }: { form: AccessTokenForm; problem: string | null }) {
  return (
    <div class="flow">
      <h1>{buttonWords.newAccessToken}</h1>
      <p class="quiet">
        An access token is for a program that cannot open a browser to sign in, for example a script, the automation
        service n8n or a program that uses an AI company's API. Whoever has the token can read the data that you tick,
        until the token expires or you revoke it.
      </p>
      {problem ? (
        <Note tone="problem" role="alert">
          {problem}
        </Note>
      ) : null}
      <form method="post" action="/access-token" class="card">
        <input type="hidden" name="id" value={form.id} />
        <div class="body">
          <label class="field" for="token-name">
            Name
          </label>
          <input
            type="text"
            id="token-name"
            name="name"
            value={form.name}
            maxlength={longestTokenName}
            autocomplete="off"
            aria-describedby="token-name-use"
            required
          />
          <p class="quiet small" id="token-name-use">
            Enter a name that tells you where you use the token, such as “morning question”. The list of your assistants
            shows the token with this name.
          </p>
        </div>
        <fieldset class="body">
          <legend>
            <h2>What the token may read</h2>
          </legend>
          <ScopeChoice prefix="token" offered={scopeNames} ticked={form.scopes} />
        </fieldset>
        <fieldset class="body">
          <legend>
            <h2>When the token expires</h2>
          </legend>
          <div class="choices">
            {accessTokenLifetimes.map((days) => (
              <label class="tick">
                <input type="radio" name="days" value={`${days}`} checked={days === form.days} />
                <span>After {days} days</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="actions">
          <button type="submit">{buttonWords.makeAccessToken}</button>
          <a class="button plain" href="/panel#assistants">
            {buttonWords.cancel}
          </a>
        </div>
      </form>
    </div>
  );
}

/** Only the token's hash is stored, so the token cannot be shown a second time. */
export function NewAccessTokenPage({ token, mcpUrl }: { token: string; mcpUrl: string }) {
  return (
    <Decision icon="key" heading="Your access token">
      <code class="key" id="shown-access-token">
        {token}
      </code>
      <Note tone="warning">This token is shown only now. Keep it as safe as a password.</Note>
      <p>
        In the settings of your program, enter the address <code>{mcpUrl}</code>. The program must also send an HTTP
        header with the name <code>Authorization</code>. As the value of this header, enter the word <code>Bearer</code>
        , then a space, then the token.
      </p>
      <p class="quiet small">
        You can reduce what this token may read, or revoke the token, at any time on the page “Your MCP server”, under
        Assistants.
      </p>
      <Choices>
        <a class="button" href="/panel#assistants">
          {buttonWords.keptToken}
        </a>
        <button type="button" class="plain" data-copy="shown-access-token" aria-live="polite" hidden>
          {buttonWords.copy}
        </button>
      </Choices>
    </Decision>
  );
}

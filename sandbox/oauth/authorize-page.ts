import { html } from "hono/html";
import { ACCOUNTS } from "../people/people.ts";
import { SCOPES, type Scope } from "../scopes.ts";

type Html = ReturnType<typeof html>;

const TITLE = "Ōura (simulator)";

export function authorizePage(clientId: string, scopes: readonly Scope[]): Html {
  return layout(html`
    <p><strong>${clientId}</strong> asks to read data from an Oura account. The people here are made up.</p>
    <form method="post">
      <label for="person">Sign in as</label>
      <select id="person" name="person">
        ${ACCOUNTS.map(({ id, label, description }) => html`<option value="${id}"${id === "everyday" ? html` selected` : ""}>${label} – ${description}</option>`)}
      </select>
      <fieldset>
        <legend>Permissions</legend>
        ${scopes.length === 0 ? html`<p>None of the permissions asked for is known.</p>` : ""}
        ${scopes.map((scope) => html`<label class="permission"><input type="checkbox" name="scope" value="${scope}" checked>${SCOPES[scope]}</label>`)}
      </fieldset>
      <div class="buttons">
        <button class="primary" name="decision" value="allow">Allow</button>
        <button name="decision" value="deny">Deny</button>
      </div>
    </form>`);
}

export function refusalPage(reason: string): Html {
  return layout(html`<p role="alert">${reason}</p>`);
}

function layout(content: Html): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${TITLE}</title>
    <style>
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
      body { margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; }
      h1 { font-size: 1.5rem; }
      select { display: block; font: inherit; margin: 0.25rem 0 1.25rem; max-width: 100%; min-height: 44px; padding: 0.4rem; }
      fieldset { border: 1px solid GrayText; border-radius: 0.5rem; margin: 0 0 1.25rem; padding: 0.5rem 1rem; }
      .permission { display: block; padding: 0.25rem 0; }
      .permission input { height: 1.1rem; margin: 0 0.6rem 0 0; vertical-align: -0.15rem; width: 1.1rem; }
      .buttons { display: flex; gap: 0.75rem; }
      button { background: none; border: 1px solid; border-radius: 0.5rem; color: inherit; cursor: pointer; font: inherit; min-height: 2.75rem; padding: 0 1.5rem; }
      button.primary { background: #1f5f8b; border-color: #1f5f8b; color: #fff; }
      :focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
    </style>
  </head>
  <body>
    <main>
      <h1>${TITLE}</h1>
      ${content}
    </main>
  </body>
</html>`;
}

import type { PanelView } from "../../agent/panel-view.ts";
import { scopes } from "../../oura/scopes.ts";
import { buttonWords } from "../../web/button-words.ts";
import { quoteName } from "../../web/client-name.ts";
import { initialOf } from "../../web/initial.ts";
import { formatDate, formatTime, Moment } from "../../web/moment.tsx";
import { ScopeChoice } from "../../web/scope-choice.tsx";

export function Assistants({ view, now }: { view: PanelView; now: number }) {
  const active = view.assistants.filter(({ assistant }) => assistant.revokedAt === null);
  return (
    <section class="part" id="assistants" aria-labelledby="assistants-heading">
      <div class="head">
        <h2 id="assistants-heading">Assistants</h2>
        {active.length > 1 ? (
          <form method="post" action="/assistants/revoke-all" class="push">
            <button type="submit" class="plain risky slim">
              {buttonWords.revokeAll}
            </button>
          </form>
        ) : null}
      </div>
      <p class="quiet">
        This list has one entry for each time you allowed an assistant, and one entry for each access token. Everything
        that you change in this list takes effect at once.
      </p>
      {active.length === 0 ? (
        <div class="card">
          <p class="body quiet">
            No assistant has access yet. Copy the address at the top of this page into the settings of an assistant.
            After you have allowed the assistant, it appears in this list.
          </p>
        </div>
      ) : null}
      {active.map((listed) => (
        <AssistantCard {...listed} now={now} />
      ))}
      <div class="card">
        <div class="body head">
          <div class="what">
            <h3>Programs without a browser</h3>
            <p class="quiet small">
              Some programs cannot open a browser to sign in, for example a script, the automation service n8n or a
              program that uses an AI company's API. Such a program uses an access token: a long code that it sends with
              each request.
            </p>
          </div>
          <a class="button plain slim push" href="/access-token">
            {buttonWords.newAccessToken}
          </a>
        </div>
      </div>
    </section>
  );
}

type ListedAssistant = PanelView["assistants"][number];

function AssistantCard({ id, assistant, isOfThisBrowser, hasNewer, now }: ListedAssistant & { now: number }) {
  const { clientName, clientDomain, redirectHost, accessToken, createdAt, firstUsedAt, lastUsedAt } = assistant;
  const heading = `assistant-${id}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <div class="body">
        <div class="head">
          <span class="tile" aria-hidden="true">
            {initialOf(clientName)}
          </span>
          <div class="title">
            <h3 id={heading}>{quoteName(clientName)}</h3>
            <p class="quiet small">
              {accessToken
                ? "An access token that you made"
                : (clientDomain ??
                  "The maker is not known. The assistant chose this name itself, and this service could not check the name.")}
            </p>
          </div>
          <form method="post" action="/assistants/revoke" class="push">
            <input type="hidden" name="id" value={id} />
            <button type="submit" class="plain risky slim" aria-describedby={heading}>
              {buttonWords.revoke}
            </button>
          </form>
        </div>
        <dl class="small dates">
          <div>
            <dt>{accessToken ? "Made" : "Allowed"}</dt>
            <dd>
              <Moment at={createdAt} now={now} />
            </dd>
          </div>
          <div>
            <dt>First used</dt>
            <dd>{firstUsedAt === null ? "never" : <Moment at={firstUsedAt} now={now} />}</dd>
          </div>
          <div>
            <dt>Last used</dt>
            <dd>{lastUsedAt === null ? "never" : <Moment at={lastUsedAt} now={now} />}</dd>
          </div>
          {redirectHost === null ? null : (
            <div>
              <dt>Access goes to</dt>
              <dd>{redirectHost}</dd>
            </div>
          )}
          {assistant.browser === null ? null : (
            <div>
              <dt>Allowed in</dt>
              <dd>
                {assistant.browser.name} {isOfThisBrowser ? <strong>(this one)</strong> : null}
              </dd>
            </div>
          )}
          {accessToken ? <Expiry at={accessToken.expiresAt} now={now} /> : null}
        </dl>
        {hasNewer ? (
          <p class="quiet small">
            You later allowed an assistant with the same name in the same browser. The newer entry may have replaced
            this one. If only the newer entry is used for 30 days, the access of this older entry ends automatically.
          </p>
        ) : null}
      </div>
      <details class="fold">
        <summary>
          May read {assistant.scopes.length} of {scopes.length} kinds of data
        </summary>
        <form method="post" action="/assistants/narrow" class="flow">
          <input type="hidden" name="id" value={id} />
          <fieldset>
            <legend class="quiet small">
              {accessToken
                ? "Untick the data that this token should no longer read. To let a program read more, make a new token."
                : "Untick the data that this assistant should no longer read. To let the assistant read more, connect the assistant to this service again."}
            </legend>
            <ScopeChoice prefix={id} offered={assistant.scopes} ticked={assistant.scopes} />
          </fieldset>
          <button type="submit" class="plain" aria-describedby={heading}>
            {buttonWords.savePermissions}
          </button>
        </form>
      </details>
    </section>
  );
}

/** The entry of an expired access token stays in the list for 30 days unless the person revokes the token. */
function Expiry({ at, now }: { at: number; now: number }) {
  const isOver = at <= now;
  return (
    <div>
      <dt>{isOver ? "Expired" : "Expires"}</dt>
      <dd>
        <time datetime={new Date(at).toISOString()} title={formatTime(at)}>
          {formatDate(at)}
        </time>
      </dd>
    </div>
  );
}

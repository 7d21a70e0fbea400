import type { PanelView } from "../../agent/panel-view.ts";
import { scopes } from "../../oura/scopes.ts";
import { buttonWords } from "../../web/button-words.ts";
import { quoteName } from "../../web/client-name.ts";
import { initialOf } from "../../web/initial.ts";
import { Moment } from "../../web/moment.tsx";
import { ScopeChoice } from "../../web/scope-choice.tsx";

/** Each approval: its assistant, what it may read, when it was used, and how to revoke it. */
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
      <p class="quiet">One entry for each time you pressed Allow. Changes here take effect at once.</p>
      {active.length === 0 ? (
        <div class="card">
          <p class="body quiet">No assistant has access yet. Add the address above to one, and it appears here.</p>
        </div>
      ) : null}
      {active.map(({ id, assistant }) => (
        <AssistantCard id={id} assistant={assistant} now={now} />
      ))}
    </section>
  );
}

type ListedAssistant = PanelView["assistants"][number];

function AssistantCard({ id, assistant, now }: ListedAssistant & { now: number }) {
  const { clientName, clientDomain, redirectHost, createdAt, firstUsedAt, lastUsedAt } = assistant;
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
            <p class="quiet small">{clientDomain ?? "Its maker is not known: it named itself"}</p>
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
            <dt>Allowed</dt>
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
          <div>
            <dt>Access goes to</dt>
            <dd>{redirectHost}</dd>
          </div>
        </dl>
      </div>
      <details class="fold">
        <summary>
          May read {assistant.scopes.length} of {scopes.length} kinds of data
        </summary>
        <form method="post" action="/assistants/narrow" class="flow">
          <input type="hidden" name="id" value={id} />
          <fieldset>
            <legend class="quiet small">
              Untick what it should no longer read. To add more, connect it again from the assistant.
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

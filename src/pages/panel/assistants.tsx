import type { PanelView } from "../../agent/panel-view.ts";
import { scopes } from "../../oura/scopes.ts";
import { formatTime } from "./format-time.ts";

/** Each approval: who asked, what it may read, when it last did, and how to take it back. */
export function Assistants({ view }: { view: PanelView }) {
  const active = view.assistants.filter(({ assistant }) => assistant.revokedAt === null);
  return (
    <section aria-labelledby="assistants-heading">
      <h2 id="assistants-heading">Assistants</h2>
      {active.length === 0 ? <p>None may read anything yet.</p> : null}
      {active.map(({ id, assistant }) => (
        <section class="card" aria-labelledby={`assistant-${id}`}>
          <h3 id={`assistant-${id}`}>{assistant.clientName}</h3>
          <p class="quiet">
            {assistant.clientDomain ?? "not verified"} · allowed {formatTime(assistant.createdAt)} · last used{" "}
            {assistant.lastUsedAt === null ? "never" : formatTime(assistant.lastUsedAt)}
          </p>
          <details>
            <summary>
              May read {assistant.scopes.length} of {scopes.length} kinds of data
            </summary>
            <form method="post" action="/assistants/narrow" class="block">
              <input type="hidden" name="id" value={id} />
              <fieldset>
                <legend class="quiet">Untick what it should no longer read. To add more, connect it again.</legend>
                {scopes
                  .filter(({ name }) => assistant.scopes.includes(name))
                  .map(({ name, label, unlocks }) => (
                    <label class="tick">
                      <input type="checkbox" name="scope" value={name} checked />
                      <span>
                        {label} <span class="quiet">{unlocks}</span>
                      </span>
                    </label>
                  ))}
              </fieldset>
              <button type="submit" class="plain" aria-describedby={`assistant-${id}`}>
                Save permissions
              </button>
            </form>
          </details>
          <form method="post" action="/assistants/revoke">
            <input type="hidden" name="id" value={id} />
            <button type="submit" class="plain" aria-describedby={`assistant-${id}`}>
              Revoke
            </button>
          </form>
        </section>
      ))}
      {active.length > 1 ? (
        <form method="post" action="/assistants/revoke-all">
          <button type="submit" class="plain">
            Revoke all
          </button>
        </form>
      ) : null}
    </section>
  );
}

export function Activity({ view }: { view: PanelView }) {
  const nameOf = (id: string) =>
    view.assistants.find((known) => known.id === id)?.assistant.clientName ?? "an assistant";
  return (
    <section aria-labelledby="activity-heading">
      <h2 id="activity-heading">Activity</h2>
      <p class="quiet">
        The last 100 calls of 30 days: time, assistant and tool, never values. It is written within a minute; a crash
        may lose the last one.
      </p>
      {view.activity.length === 0 ? <p>No calls yet.</p> : null}
      {view.activity.length > 0 ? (
        <details open={view.activity.length <= 5}>
          <summary>
            {view.activity.length} {view.activity.length === 1 ? "call" : "calls"}
          </summary>
          <ul>
            {view.activity.map(({ at, assistantId, tool }) => (
              <li>
                {formatTime(at)}: {nameOf(assistantId)}, {tool}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

import type { ActivityEntry } from "../../agent/activity.ts";
import type { PanelView } from "../../agent/panel-view.ts";
import { quoteName } from "../../web/client-name.ts";
import { formatTime } from "../../web/moment.tsx";

const shownAtOnce = 8;

/** Time, assistant and tool of each call; never the answer. */
export function Activity({ view }: { view: PanelView }) {
  const { activity } = view;
  const recent = activity.slice(0, shownAtOnce);
  const earlier = activity.slice(shownAtOnce);
  return (
    <section class="part" id="activity" aria-labelledby="activity-heading">
      <h2 id="activity-heading">Activity</h2>
      <p class="quiet">
        The last 100 calls of 30 days: time, assistant and tool, never values. A call is stored within a minute; a crash
        before that may lose it.
      </p>
      <div class="card">
        {activity.length === 0 ? (
          <p class="body quiet">No calls yet.</p>
        ) : (
          <div class="body">
            <Calls view={view} entries={recent} />
          </div>
        )}
        {earlier.length > 0 ? (
          <details class="fold">
            <summary>
              {earlier.length} earlier {earlier.length === 1 ? "call" : "calls"}
            </summary>
            <Calls view={view} entries={earlier} />
          </details>
        ) : null}
      </div>
    </section>
  );
}

function Calls({ view, entries }: { view: PanelView; entries: readonly ActivityEntry[] }) {
  const names = new Map(view.assistants.map(({ id, assistant }) => [id, quoteName(assistant.clientName)]));
  return (
    <ol class="log">
      {entries.map(({ at, assistantId, tool }) => (
        <li>
          <time class="quiet" datetime={new Date(at).toISOString()}>
            {formatTime(at)}
          </time>
          <span>{names.get(assistantId) ?? "an assistant"}</span>
          <code>{tool}</code>
        </li>
      ))}
    </ol>
  );
}

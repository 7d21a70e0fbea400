import type { PanelView } from "../../agent/panel-view.ts";
import type { ActivityEntry } from "../../grants/activity.ts";
import { quoteName } from "../../web/client-name.ts";
import { Moment } from "../../web/moment.tsx";
import { describeOutcome } from "./outcome-words.ts";

const shownAtOnce = 8;

export function Activity({ view, now }: { view: PanelView; now: number }) {
  const { activity } = view;
  const recent = activity.slice(0, shownAtOnce);
  const earlier = activity.slice(shownAtOnce);
  return (
    <section class="part" id="activity" aria-labelledby="activity-heading">
      <h2 id="activity-heading">Activity</h2>
      <p class="quiet">
        A tool is a function of this service with which an assistant reads your data. For each use of a tool, this list
        shows the time, the assistant, the tool and whether the assistant got an answer. The answer itself is not shown.
        The list holds at most 100 uses, and none that is more than 30 days old.
      </p>
      <div class="card">
        {activity.length === 0 ? (
          <p class="body quiet">No assistant has used a tool yet.</p>
        ) : (
          <div class="body">
            <Calls view={view} entries={recent} now={now} />
          </div>
        )}
        {earlier.length > 0 ? (
          <details class="fold">
            <summary>
              {earlier.length} earlier {earlier.length === 1 ? "call" : "calls"}
            </summary>
            <Calls view={view} entries={earlier} now={now} />
          </details>
        ) : null}
      </div>
    </section>
  );
}

function Calls({ view, entries, now }: { view: PanelView; entries: readonly ActivityEntry[]; now: number }) {
  const names = new Map(view.assistants.map(({ id, assistant }) => [id, quoteName(assistant.clientName)]));
  return (
    <ol class="log">
      {entries.map(({ at, assistantId, tool, outcome }) => (
        <li>
          <span class="quiet">
            <Moment at={at} now={now} />
          </span>
          <span>{names.get(assistantId) ?? "an assistant"}</span>
          <code>{tool}</code>
          {outcome === null ? null : <Outcome outcome={outcome} />}
        </li>
      ))}
    </ol>
  );
}

function Outcome({ outcome }: { outcome: string }) {
  const { words, tone } = describeOutcome(outcome);
  return <span class={`outcome ${tone}`}>{words}</span>;
}

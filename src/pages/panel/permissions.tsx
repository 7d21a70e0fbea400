import type { PanelView } from "../../agent/panel-view.ts";
import { scopes } from "../../oura/scopes.ts";
import { formatTime } from "./format-time.ts";

/** What Oura shares, what that lets an assistant answer, and how to add what is missing. */
export function Permissions({ view }: { view: PanelView }) {
  const granted = scopes.filter(({ name }) => view.scopes.includes(name));
  const missing = scopes.filter(({ name }) => !view.scopes.includes(name));
  return (
    <details>
      <summary>
        Ōura shares {granted.length} of {scopes.length} kinds of data
      </summary>
      <ul>
        {granted.map(({ label, unlocks }) => (
          <li>
            {label} <span class="quiet">{unlocks}</span>
          </li>
        ))}
      </ul>
      {missing.length > 0 ? (
        <>
          <p>Not shared; press Reconnect and tick it at Ōura:</p>
          <ul>
            {missing.map(({ label, unlocks }) => (
              <li>
                {label} <span class="quiet">{unlocks}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p class="quiet">Last successful read: {view.lastReadAt === null ? "none yet" : formatTime(view.lastReadAt)}.</p>
    </details>
  );
}

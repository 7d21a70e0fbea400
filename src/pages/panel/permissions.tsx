import type { PanelView } from "../../agent/panel-view.ts";
import { type ScopeName, scopes } from "../../oura/scopes.ts";
import { Icon } from "../../web/icon.tsx";
import { Moment } from "../../web/moment.tsx";
import { exampleQuestions } from "../example-questions.ts";

export function Permissions({ view, now }: { view: PanelView; now: number }) {
  const missing = scopes.map(({ name }) => name).filter((name) => !view.scopes.includes(name));
  return (
    <>
      <p>
        {view.lastReadAt === null ? (
          "No data has been read from Ōura yet."
        ) : (
          <>
            Data was last read from Ōura <Moment at={view.lastReadAt} now={now} />.
          </>
        )}
      </p>
      <details>
        <summary>
          Ōura shares {view.scopes.length} of {scopes.length} kinds of data
        </summary>
        {view.areScopesProven ? (
          <p class="quiet small">
            Ōura did not say which permissions it granted, so this service tried to read each kind of data. This list
            shows which kinds of data it could read.
          </p>
        ) : null}
        <Grants names={view.scopes} granted />
        {missing.length > 0 ? (
          <>
            <h4>Not shared</h4>
            <p class="quiet small">
              To share another kind of data, press Reconnect. Then tick this kind of data on Ōura's page.
            </p>
            <Grants names={missing} granted={false} />
          </>
        ) : null}
      </details>
    </>
  );
}

function Grants({ names, granted }: { names: readonly ScopeName[]; granted: boolean }) {
  return (
    <ul class="grants">
      {scopes
        .filter(({ name }) => names.includes(name))
        .map(({ name, label, unlocks }) => (
          <li class={granted ? undefined : "off"}>
            <Icon name={granted ? "check" : "cross"} />
            <div>
              <b>{label}</b>: {unlocks}
              <p class="quiet small">“{exampleQuestions[name]}”</p>
            </div>
          </li>
        ))}
    </ul>
  );
}

import type { PanelView } from "../../agent/panel-view.ts";
import { listScopeLabels } from "../../oura/scopes.ts";
import { buttonWords } from "../../web/button-words.ts";
import { Icon } from "../../web/icon.tsx";
import { Note } from "../../web/note.tsx";
import { describeTrouble } from "./outcome-words.ts";
import { Permissions } from "./permissions.tsx";
import { RegisterDialog } from "./register.tsx";

export function RingCard({ view, now }: { view: PanelView; now: number }) {
  const trouble = view.standing.kind === "connected" ? describeTrouble(view.lastOutcome) : null;
  return (
    <section class="card" aria-labelledby="ring-heading">
      <div class="body flow">
        <div class="head">
          <span class="tile">
            <Icon name="ring" />
          </span>
          <div class="title">
            <h3 id="ring-heading">Ōura Ring</h3>
            <p class="quiet small">
              Sleep, readiness, activity, heart rate and more. This service only reads this data.
            </p>
          </div>
          <span class={`badge push ${trouble === null ? view.standing.kind : "trouble"}`}>
            {trouble?.state ?? stateName(view)}
          </span>
        </div>
        {trouble === null ? null : <Note tone="warning">{trouble.advice}</Note>}
        <State view={view} now={now} />
      </div>
      <NextAction view={view} />
    </section>
  );
}

function stateName({ standing }: PanelView): string {
  switch (standing.kind) {
    case "not_registered":
      return "Not registered";
    case "pending":
      return "Pending";
    case "not_connected":
      return "Not connected";
    case "needs_reconnect":
    case "key_changed":
      return "Reconnect needed";
    case "connected":
      return "Connected";
  }
}

function State({ view, now }: { view: PanelView; now: number }) {
  const { standing } = view;
  switch (standing.kind) {
    case "not_registered":
      return (
        <p>
          Only a limited number of rings can be connected to this service, so there is a queue. To get a position in the
          queue, register your ring. When it is your turn, you can connect your ring.
        </p>
      );
    case "pending":
      return (
        <>
          <p>
            Your ring is number {standing.place} of {standing.waiting} in the queue of rings that wait to be connected.
            Your reference code is <code>{standing.code}</code>. If you have a question about your ring, tell the
            operator this code.
          </p>
          <p class="quiet">
            You keep your position in the queue without doing anything. This page reloads automatically.
          </p>
        </>
      );
    case "not_connected":
      return (
        <p>You can connect your ring now. Press Connect. Ōura's page then opens, where you choose what Ōura shares.</p>
      );
    case "needs_reconnect":
      return (
        <p>
          Ōura no longer accepts this service's connection to your Ōura account. Press Reconnect. Your assistants keep
          their permissions.
        </p>
      );
    case "key_changed":
      return (
        <p>
          This service's encryption key has changed, so this service cannot use the stored connection to Ōura. Press
          Reconnect. Your assistants keep their permissions.
        </p>
      );
    case "connected":
      return <Permissions view={view} now={now} />;
  }
}

function NextAction({ view }: { view: PanelView }) {
  const profile = view.scopes.includes("personal");
  switch (view.standing.kind) {
    case "not_registered":
      return (
        <div class="actions">
          <a class="button" href="/register" data-dialog="register-dialog" aria-describedby="register-what">
            {buttonWords.register}
          </a>
          <p class="quiet small" id="register-what">
            Ask to connect your ring{" "}
          </p>
          <RegisterDialog />
        </div>
      );
    case "pending":
      return (
        <form method="post" action="/connect" class="actions">
          <button type="submit" class="plain" aria-describedby="connected-before">
            {buttonWords.connectedBefore}
          </button>
          <p class="quiet small" id="connected-before">
            If you connected this ring with an earlier account here and can no longer sign in to that account, press
            this button. Then the connection moves to this account, and you need not wait until a new ring can be
            connected.
          </p>
        </form>
      );
    case "not_connected":
      return <ConnectForm label={buttonWords.connect} profile={profile} />;
    case "needs_reconnect":
    case "key_changed":
      return <ConnectForm label={buttonWords.reconnect} profile={profile} connected />;
    case "connected":
      return <ConnectForm label={buttonWords.reconnect} profile={profile} connected quiet />;
  }
}

interface ConnectFormProps {
  label: string;
  /**
   * Whether Oura already shares the profile (age, height, weight and sex). If so, the box that asks for it is ticked.
   */
  profile: boolean;
  /** Whether the form also offers Disconnect. */
  connected?: boolean;
  quiet?: boolean;
}

function ConnectForm({ label, profile, connected = false, quiet = false }: ConnectFormProps) {
  return (
    <form method="post" action="/connect">
      <label class="tick offer">
        <input
          type="checkbox"
          name="profile"
          value="yes"
          checked={profile}
          aria-labelledby="ask-profile"
          aria-describedby="ask-profile-what"
        />
        <span>
          <b id="ask-profile">{`Also ask Ōura for ${listScopeLabels(["personal"])}`}</b>
          <span class="quiet small" id="ask-profile-what">
            Age, height, weight and biological sex. The other kinds of data work without this permission.
          </span>
        </span>
      </label>
      <div class="actions">
        <button type="submit" class={quiet ? "plain" : undefined}>
          {label}
        </button>
        {connected ? (
          <a class="button plain risky push" href="/disconnect">
            {buttonWords.disconnect}
          </a>
        ) : null}
      </div>
    </form>
  );
}

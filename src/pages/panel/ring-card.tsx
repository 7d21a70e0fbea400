import type { PanelView } from "../../agent/panel-view.ts";
import { Permissions } from "./permissions.tsx";

/** The Ōura Ring's one state and its one next action. */
export function RingCard({ view }: { view: PanelView }) {
  return (
    <section class="card" aria-labelledby="ring-heading">
      <h3 id="ring-heading">
        Ōura Ring <span class={`badge ${view.standing.kind}`}>{stateName(view)}</span>
      </h3>
      <State view={view} />
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
      return "Reconnect needed";
    case "connected":
      return "Connected";
  }
}

function State({ view }: { view: PanelView }) {
  const { standing } = view;
  switch (standing.kind) {
    case "not_registered":
      return (
        <>
          <p>Register asks for a place for your ring. Then you connect it.</p>
          <a class="button" href="/register" data-dialog="register-dialog">
            Register
          </a>
          <RegisterDialog />
        </>
      );
    case "pending":
      return (
        <>
          <p>
            You are at place {standing.place} of {standing.waiting}, reference code <code>{standing.code}</code>. You
            keep your place; nothing needs to be done. This page looks again by itself.
          </p>
          <form method="post" action="/connect">
            <button type="submit" class="plain">
              I was connected before
            </button>
          </form>
          <p class="quiet">
            For people who lost the way into an earlier account: it moves the connection and its place here.
          </p>
        </>
      );
    case "not_connected":
      return (
        <>
          <p>A place is yours. Connect your Ōura account; on Ōura's page you choose what it shares.</p>
          <ConnectForm label="Connect" />
        </>
      );
    case "needs_reconnect":
      return (
        <>
          <p>Ōura no longer accepts this connection. Your assistants stay allowed.</p>
          <ConnectForm label="Reconnect" />
          <DisconnectLink />
        </>
      );
    case "connected":
      return (
        <>
          <Permissions view={view} />
          <ConnectForm label="Reconnect" quiet />
          <DisconnectLink />
        </>
      );
  }
}

function ConnectForm({ label, quiet = false }: { label: string; quiet?: boolean }) {
  return (
    <form method="post" action="/connect" class="block">
      <label class="tick">
        <input type="checkbox" name="profile" value="yes" />
        <span>
          Also ask Ōura for the profile <span class="quiet">age, height, weight and biological sex</span>
        </span>
      </label>
      <button type="submit" class={quiet ? "plain" : ""}>
        {label}
      </button>
    </form>
  );
}

function DisconnectLink() {
  return (
    <a class="button plain" href="/disconnect">
      Disconnect
    </a>
  );
}

export function DisconnectPage() {
  return (
    <>
      <h1>Disconnect Ōura</h1>
      <p>
        This deletes Ōura's tokens here at once. Your assistants stay allowed and read nothing until you connect again.
        Your data at Ōura is not touched.
      </p>
      <p>
        Ōura goes on listing this app. You can remove it in{" "}
        <a href="https://cloud.ouraring.com/" rel="noreferrer">
          your Ōura account
        </a>
        , or have it revoked now.
      </p>
      <form method="post" action="/disconnect" class="block">
        <label class="tick">
          <input type="checkbox" name="revoke" value="yes" />
          <span>Also revoke at Ōura</span>
        </label>
        <button type="submit">Disconnect</button>
        <a class="button plain" href="/panel">
          Cancel
        </a>
      </form>
    </>
  );
}

function RegisterDialog() {
  return (
    <dialog id="register-dialog" aria-labelledby="register-dialog-heading">
      <h2 id="register-dialog-heading">Register Ōura Ring</h2>
      <RegisterWords />
      <RegisterForm next="/panel" />
    </dialog>
  );
}

export function RegisterWords() {
  return (
    <p>
      Registering asks for a place for your ring. Ōura limits how many people a new app may serve, so a place may take
      time; you are told your turn. Nothing is read or connected yet.
    </p>
  );
}

export function RegisterForm({ next, invitation }: { next: string; invitation?: string | undefined }) {
  return (
    <form method="post" action="/register">
      <input type="hidden" name="next" value={next} />
      {invitation ? <input type="hidden" name="invitation" value={invitation} /> : null}
      <button type="submit">Register</button>
      <button type="submit" name="decision" value="cancel" class="plain" data-cancel>
        Cancel
      </button>
    </form>
  );
}

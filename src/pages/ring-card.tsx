import type { Standing } from "../tools/define-tool.ts";

/** The Ōura Ring's one state and its one next action. */
export function RingCard({ standing }: { standing: Standing }) {
  return (
    <section class="card" aria-labelledby="ring-heading">
      <h3 id="ring-heading">Ōura Ring</h3>
      <State standing={standing} />
    </section>
  );
}

function State({ standing }: { standing: Standing }) {
  switch (standing.kind) {
    case "not_registered":
      return (
        <>
          <p>Not registered.</p>
          <a class="button" href="/register" data-dialog="register-dialog">
            Register
          </a>
          <RegisterDialog />
        </>
      );
    case "pending":
      return (
        <p>
          <strong>Pending</strong> (place {standing.place} of {standing.waiting}, reference code{" "}
          <code>{standing.code}</code>). You keep your place; nothing needs to be done.
        </p>
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
          <p>
            <strong>Reconnect needed.</strong> Ōura no longer accepts this connection. Your assistants stay allowed.
          </p>
          <ConnectForm label="Reconnect" />
          <DisconnectForms />
        </>
      );
    case "connected":
      return (
        <>
          <p>
            <strong>Connected.</strong>
          </p>
          <ConnectForm label="Reconnect" quiet />
          <DisconnectForms />
        </>
      );
  }
}

function ConnectForm({ label, quiet = false }: { label: string; quiet?: boolean }) {
  return (
    <form method="post" action="/connect">
      <button type="submit" class={quiet ? "plain" : ""}>
        {label}
      </button>
    </form>
  );
}

function DisconnectForms() {
  return (
    <>
      <form method="post" action="/disconnect">
        <button type="submit" class="plain">
          Disconnect
        </button>
      </form>
      <form method="post" action="/disconnect">
        <input type="hidden" name="revoke" value="yes" />
        <button type="submit" class="plain">
          Disconnect and revoke at Ōura
        </button>
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

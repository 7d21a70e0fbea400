import type { PanelView } from "../../agent/panel-view.ts";
import { formatTime } from "./format-time.ts";

/** The ways into the account and the browsers signed in. */
export function Security({ view }: { view: PanelView }) {
  return (
    <section class="card" aria-labelledby="security-heading">
      <h2 id="security-heading">Security</h2>
      <p id="passkey-notice" role="alert" />
      <h3>Passkeys</h3>
      {view.passkeys.length === 0 ? <p>None; you sign in with your account key.</p> : null}
      <ul class="rows">
        {view.passkeys.map(({ id, name, lastUsedAt }, index) => (
          <li>
            <span id={`passkey-${index}`}>
              {name}{" "}
              <span class="quiet">
                {lastUsedAt === null ? "not used since" : `last used ${formatTime(lastUsedAt)}`}
              </span>
            </span>
            <form method="post" action="/passkeys/remove">
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="plain" aria-describedby={`passkey-${index}`}>
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form method="post" action="/passkeys/options" data-passkey="create" data-verify="/passkeys" data-next="/panel">
        <button type="submit" class="plain">
          Add passkey
        </button>
      </form>
      <h3>Account key</h3>
      <p class="quiet">
        {view.hasAccountKey
          ? "You have one. A new one replaces it, and the old one stops working."
          : "The way back in when a passkey is lost. You have none yet."}
      </p>
      <form method="post" action="/account-key">
        <button type="submit" class="plain">
          New account key
        </button>
      </form>
      <h3>Signed in</h3>
      <ul class="rows">
        {view.sessions.map(({ id, browser, lastSeenAt, isThisOne }, index) => (
          <li>
            <span id={`session-${index}`}>
              {browser}{" "}
              {isThisOne ? <strong>this one</strong> : <span class="quiet">last seen {formatTime(lastSeenAt)}</span>}
            </span>
            {isThisOne ? null : (
              <form method="post" action="/sessions/end">
                <input type="hidden" name="id" value={id} />
                <button type="submit" class="plain" aria-describedby={`session-${index}`}>
                  End
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <form method="post" action="/sign-out">
        <button type="submit" class="plain">
          Sign out
        </button>
      </form>
      <form method="post" action="/sign-out-everywhere">
        <button type="submit" class="plain">
          Sign out everywhere
        </button>
      </form>
      <p>
        <a class="button plain" href="/delete-account">
          Delete account
        </a>
      </p>
    </section>
  );
}

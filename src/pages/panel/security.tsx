import type { PanelView } from "../../agent/panel-view.ts";
import { buttonWords } from "../../web/button-words.ts";
import { Icon } from "../../web/icon.tsx";
import { Moment } from "../../web/moment.tsx";
import { Note } from "../../web/note.tsx";

export function Security({ view, now }: { view: PanelView; now: number }) {
  const onlyOneWayIn = view.passkeys.length + (view.hasAccountKey ? 1 : 0) < 2;
  return (
    <section class="part" id="security" aria-labelledby="security-heading">
      <h2 id="security-heading">Security</h2>
      <p class="quiet">Here you choose how you sign in, and see which browsers are signed in.</p>
      <Note tone="problem" role="alert" id="passkey-notice" />
      {onlyOneWayIn ? (
        <Note tone="warning">
          {view.passkeys.length > 0
            ? "You can sign in with one passkey only. Add another passkey or an account key, so that you can still sign in if you lose this passkey."
            : "You can sign in with your account key only. Add a passkey, so that you can still sign in if you lose this key."}
        </Note>
      ) : null}
      <div class="card">
        <Passkeys passkeys={view.passkeys} now={now} />
        <AccountKey hasOne={view.hasAccountKey} />
      </div>
      <Sessions sessions={view.sessions} now={now} />
    </section>
  );
}

function Passkeys({ passkeys, now }: { passkeys: PanelView["passkeys"]; now: number }) {
  return (
    <div class="body flow">
      <div class="head">
        <h3>Passkeys</h3>
        <form
          class="push"
          method="post"
          action="/passkeys/options"
          data-passkey="create"
          data-verify="/passkeys"
          data-next="/panel"
        >
          <button type="submit" class="plain slim">
            {buttonWords.addPasskey}
          </button>
        </form>
      </div>
      {passkeys.length === 0 ? <p class="quiet">You have no passkey. You sign in with your account key.</p> : null}
      <ul class="rows">
        {passkeys.map(({ id, name, createdAt, lastUsedAt }, index) => (
          <li>
            <Icon name="passkey" />
            <div class="what">
              <span id={`passkey-${index}`}>{name}</span>
              <span class="quiet small">
                made <Moment at={createdAt} now={now} />
                {lastUsedAt === null ? null : (
                  <>
                    , last used <Moment at={lastUsedAt} now={now} />
                  </>
                )}
              </span>
            </div>
            <form method="post" action="/passkeys/remove">
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="plain risky slim" aria-describedby={`passkey-${index}`}>
                {buttonWords.remove}
              </button>
            </form>
            <details class="rename">
              <summary class="quiet small" aria-describedby={`passkey-${index}`}>
                Rename
              </summary>
              <form method="post" action="/passkeys/name" class="buttons">
                <input type="hidden" name="id" value={id} />
                <input
                  type="text"
                  name="name"
                  value={name}
                  aria-label="Name of the passkey"
                  maxlength={60}
                  autocomplete="off"
                  required
                />
                <button type="submit" class="plain" aria-describedby={`passkey-${index}`}>
                  {buttonWords.saveName}
                </button>
              </form>
            </details>
          </li>
        ))}
      </ul>
    </div>
  );
}

function AccountKey({ hasOne }: { hasOne: boolean }) {
  return (
    <div class="body head">
      <div class="what">
        <h3>Account key</h3>
        <p class="quiet small">
          {hasOne
            ? "You have an account key. If you make a new account key, the old key stops working."
            : "With an account key you can sign in if you lose your passkey. You have no account key yet."}
        </p>
      </div>
      <form method="post" action="/account-key" class="push">
        <button type="submit" class="plain slim">
          {buttonWords.newAccountKey}
        </button>
      </form>
    </div>
  );
}

function Sessions({ sessions, now }: { sessions: PanelView["sessions"]; now: number }) {
  return (
    <div class="card">
      <div class="body flow">
        <h3>Signed-in browsers</h3>
        <ul class="rows">
          {sessions.map(({ id, browser, createdAt, lastSeenAt, isThisOne }, index) => (
            <li>
              <Icon name="browser" />
              <div class="what">
                <span id={`session-${index}`}>
                  {browser} {isThisOne ? <strong>(this one)</strong> : null}
                </span>
                <span class="quiet small">
                  signed in <Moment at={createdAt} now={now} />
                  {isThisOne ? null : (
                    <>
                      , last seen <Moment at={lastSeenAt} now={now} />
                    </>
                  )}
                </span>
              </div>
              {isThisOne ? null : (
                <form method="post" action="/sessions/end">
                  <input type="hidden" name="id" value={id} />
                  <button type="submit" class="plain slim" aria-describedby={`session-${index}`}>
                    {buttonWords.endSession}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </div>
      <div class="actions">
        <form method="post" action="/sign-out">
          <button type="submit" class="plain">
            {buttonWords.signOut}
          </button>
        </form>
        <form method="post" action="/sign-out-everywhere">
          <button type="submit" class="plain">
            {buttonWords.signOutEverywhere}
          </button>
        </form>
      </div>
    </div>
  );
}

export function Account() {
  return (
    <section class="part" id="account" aria-labelledby="account-heading">
      <h2 id="account-heading">Your account</h2>
      <div class="card">
        <div class="body head">
          <p class="what">
            Deleting your account removes everything that this service stores about you, and ends the access of every
            assistant. You confirm this on the next page.
          </p>
          <a class="button plain risky push" href="/delete-account">
            {buttonWords.deleteAccount}
          </a>
        </div>
      </div>
    </section>
  );
}

import { buttonWords } from "../web/button-words.ts";
import { Icon } from "../web/icon.tsx";
import { Note } from "../web/note.tsx";

interface ConfirmPageProps {
  next: string;
  /** The ways in this account has; what it has not is not offered. */
  ways: { passkey: boolean; key: boolean };
  problem: string | undefined;
}

/** Somebody signed in a while ago shows once more that it is them, by a way in that the account has. */
export function ConfirmPage({ next, ways, problem }: ConfirmPageProps) {
  return (
    <div class="flow">
      <h1>Confirm that it is you</h1>
      <p class="quiet">
        What comes next changes the ways into your account, or ends it. After this, nobody asks again for ten minutes.
      </p>
      <Note tone="problem" role="alert" id="passkey-notice">
        {problem}
      </Note>
      {ways.passkey ? (
        <noscript>
          <Note tone="warning">Passkeys need JavaScript. Without it, use an account key.</Note>
        </noscript>
      ) : null}
      <section class="card" aria-label="Ways to confirm">
        {ways.passkey ? (
          <form
            method="post"
            action="/confirm/options"
            class="body flow"
            data-passkey="get"
            data-verify="/sign-in/passkey"
            data-next={next}
          >
            <button type="submit" class="wide">
              <Icon name="passkey" />
              {buttonWords.confirmWithPasskey}
            </button>
          </form>
        ) : null}
        {ways.key ? (
          <form method="post" action="/confirm/key" class="body flow">
            <div>
              <label class="field" for="account-key">
                Account key
              </label>
              <input id="account-key" name="key" type="text" autocomplete="off" spellcheck={false} required />
            </div>
            <button type="submit" class="plain wide">
              <Icon name="key" />
              {buttonWords.confirmWithKey}
            </button>
            <input type="hidden" name="next" value={next} />
          </form>
        ) : null}
        <div class="actions">
          <a class="button plain" href="/panel">
            {buttonWords.cancel}
          </a>
        </div>
      </section>
    </div>
  );
}

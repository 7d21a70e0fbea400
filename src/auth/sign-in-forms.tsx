import { Icon } from "../web/icon.tsx";
import { Note } from "../web/note.tsx";

interface WayInProps {
  action: string;
  next: string;
  words: string;
}

/**
 * The form for signing in with a passkey. The sign-in page and the confirm page contain it. On both pages, the browser
 * sends the passkey's response to the sign-in route.
 */
export function PasskeyForm({ action, next, words, class: shape }: WayInProps & { class?: string }) {
  return (
    <form
      method="post"
      action={action}
      class={shape}
      data-passkey="get"
      data-verify="/sign-in/passkey"
      data-next={next}
    >
      <button type="submit" class="wide">
        <Icon name="passkey" />
        {words}
      </button>
    </form>
  );
}

export function AccountKeyForm({ action, next, words }: WayInProps) {
  return (
    <form method="post" action={action} class="body flow">
      <div>
        <label class="field" for="account-key">
          Account key
        </label>
        {/* Because of the word `webauthn`, some browsers offer the site's passkeys in this field. */}
        <input id="account-key" name="key" type="text" autocomplete="username webauthn" spellcheck={false} required />
      </div>
      <button type="submit" class="plain wide">
        <Icon name="key" />
        {words}
      </button>
      <input type="hidden" name="next" value={next} />
    </form>
  );
}

/** The note that passkeys need JavaScript. Every page that offers a passkey contains it. */
export function PasskeysNeedScript() {
  return (
    <noscript>
      <Note tone="warning">
        Passkeys need JavaScript, which is switched off in this browser. Use an account key instead.
      </Note>
    </noscript>
  );
}

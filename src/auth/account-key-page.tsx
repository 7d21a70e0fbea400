import { buttonWords } from "../web/button-words.ts";
import { Choices, Decision } from "../web/decision.tsx";
import { Note } from "../web/note.tsx";

/** The server stores only a hash of the key, so it can show the key only on this page. */
export function AccountKeyPage({ accountKey, next }: { accountKey: string; next: string }) {
  return (
    <Decision icon="key" heading="Your account key">
      <p>Write this account key down or keep it in a password manager. You need it to sign in to your account.</p>
      <code class="key" id="shown-account-key">
        {accountKey}
      </code>
      <p class="quiet small">When you type the key later, upper and lower case, spaces and dashes do not matter.</p>
      <Note tone="warning">This key is shown only now. Nobody can recover it for you.</Note>
      <Choices>
        <a class="button" href={next}>
          {buttonWords.keptKey}
        </a>
        <button type="button" class="plain" data-copy="shown-account-key" aria-live="polite" hidden>
          {buttonWords.copy}
        </button>
      </Choices>
    </Decision>
  );
}

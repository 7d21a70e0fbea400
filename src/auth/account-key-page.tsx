import { buttonWords } from "../web/button-words.ts";
import { Choices, Decision } from "../web/decision.tsx";
import { Note } from "../web/note.tsx";

/** Shows a new account key. The server stores only the key's hash, so the key cannot be shown a second time. */
export function AccountKeyPage({ accountKey, next }: { accountKey: string; next: string }) {
  return (
    <Decision icon="key" heading="Your account key">
      <p>Write it down or keep it in a password manager. You sign in to your account with it.</p>
      <code class="key" id="shown-account-key">
        {accountKey}
      </code>
      <p class="quiet small">Upper and lower case, spaces and dashes do not matter when you type it.</p>
      <Note tone="warning">It is shown only now, and nobody can recover it for you.</Note>
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

import { buttonWords } from "../web/button-words.ts";
import { Note } from "../web/note.tsx";
import { AccountKeyForm, PasskeyForm, PasskeysNeedScript } from "./sign-in-forms.tsx";

interface ConfirmPageProps {
  next: string;
  ways: { passkey: boolean; key: boolean };
  problem: string | undefined;
  /**
   * Where the person goes to refuse the assistant that waits: its redirect address with the error `access_denied`. Null
   * when no assistant waits.
   */
  back: string | null;
}

/** Asks a person to sign in again, because the last sign-in was too long ago. */
export function ConfirmPage({ next, ways, problem, back }: ConfirmPageProps) {
  return (
    <div class="flow">
      <h1>Confirm that it is you</h1>
      <p class="quiet">
        {next === "/access-token"
          ? "You signed in on this browser a while ago. Sign in again before you make an access token."
          : back === null
            ? "For safety, sign in again before you change how you sign in or delete your account. After you have signed in, this service does not ask you again for ten minutes."
            : "An assistant asks to read your ring, and you signed in on this browser a while ago. Sign in again. Then you choose what the assistant may read."}
      </p>
      <Note tone="problem" role="alert" id="passkey-notice">
        {problem}
      </Note>
      {ways.passkey ? <PasskeysNeedScript /> : null}
      <section class="card" aria-label="Ways to confirm">
        {ways.passkey ? (
          <PasskeyForm action="/confirm/options" class="body flow" next={next} words={buttonWords.confirmWithPasskey} />
        ) : null}
        {ways.key ? <AccountKeyForm action="/confirm/key" next={next} words={buttonWords.confirmWithKey} /> : null}
        <div class="actions">
          <a class="button plain" href={back ?? "/panel"}>
            {back === null ? buttonWords.cancel : buttonWords.backToAssistant}
          </a>
        </div>
      </section>
    </div>
  );
}

import { buttonWords } from "../web/button-words.ts";
import { Note } from "../web/note.tsx";
import { AccountKeyForm, PasskeyForm, PasskeysNeedScript } from "./ways-in.tsx";

interface ConfirmPageProps {
  next: string;
  /** The ways in this account has; what it has not is not offered. */
  ways: { passkey: boolean; key: boolean };
  problem: string | undefined;
  /** Where the assistant that waits is told no; null where none waits. */
  back: string | null;
}

/** Somebody signed in a while ago shows once more that it is them, by a way in that the account has. */
export function ConfirmPage({ next, ways, problem, back }: ConfirmPageProps) {
  return (
    <div class="flow">
      <h1>Confirm that it is you</h1>
      <p class="quiet">
        {back === null
          ? "You are about to change how you sign in, or to delete your account. Show once more that it is you; then you are not asked again for ten minutes."
          : "An assistant asks to read your ring, and you signed in on this browser a while ago. Show once more that it is you; then you choose what it may read."}
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

import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

/** The page that lists what deleting the account deletes, and asks the person to confirm. */
export function DeleteAccountPage() {
  return (
    <Decision icon="warning" heading={buttonWords.deleteAccount}>
      <p>If you go on, this is deleted at once and for good:</p>
      <ul class="bullets">
        <li>your passkeys and your account key,</li>
        <li>the connection to Ōura, and this server's access at Ōura,</li>
        <li>every assistant's access,</li>
        <li>the list of your assistants' activity,</li>
        <li>the sign-in of every browser, including this one,</li>
        <li>your place, which goes to the next person in the queue.</li>
      </ul>
      <p class="quiet">Your data at Ōura is not changed. None of that data is stored here.</p>
      <form method="post" action="/delete-account">
        <Choices>
          <button type="submit" class="final">
            {buttonWords.deleteEverything}
          </button>
          <a class="button plain" href="/panel">
            {buttonWords.cancel}
          </a>
        </Choices>
      </form>
    </Decision>
  );
}

export function DeletedPage() {
  return (
    <Decision icon="check" heading="Your account is gone">
      <p>
        Everything that was kept about your account is deleted. No assistant can read anything through your account any
        more.
      </p>
      <p class="quiet">
        Your device may still offer the passkey of this account. The passkey no longer works, and you can remove it in
        your device's settings.
      </p>
      <Choices>
        <a class="button" href="/">
          Go to the start
        </a>
      </Choices>
    </Decision>
  );
}

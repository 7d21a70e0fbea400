import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

/** The page that lists what deleting the account deletes, and asks the person to confirm. */
export function DeleteAccountPage() {
  return (
    <Decision icon="warning" heading={buttonWords.deleteAccount}>
      <p>This deletes, at once and for good:</p>
      <ul class="bullets">
        <li>your passkeys and your account key,</li>
        <li>the connection to Ōura with its tokens, which are also revoked there,</li>
        <li>every assistant's access,</li>
        <li>the list of activity,</li>
        <li>the sign-in of every browser, this one included,</li>
        <li>your place, which goes to the next person.</li>
      </ul>
      <p class="quiet">Your data at Ōura is not touched. None of it is stored here.</p>
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
      <p>Everything kept about it is deleted, and no assistant can read anything through it any more.</p>
      <p class="quiet">
        Your device may still offer the passkey. It no longer works, and you can remove it in your device's settings.
      </p>
      <Choices>
        <a class="button" href="/">
          Go to the start
        </a>
      </Choices>
    </Decision>
  );
}

import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

export function DeleteAccountPage() {
  return (
    <Decision icon="warning" heading={buttonWords.deleteAccount}>
      <p>If you press Delete everything, all of the following happens at once. You cannot undo it.</p>
      <ul class="bullets">
        <li>Your passkeys and your account key are deleted.</li>
        <li>The connection to Ōura is deleted. This service can no longer read your data at Ōura.</li>
        <li>Every assistant loses its access to your data.</li>
        <li>The list of your assistants' activity is deleted.</li>
        <li>You are signed out in every browser, including this one.</li>
        <li>The registration of your ring is deleted. The next person in the queue can then connect a ring.</li>
      </ul>
      <p class="quiet">Your health data at Ōura is not changed. This service stores none of it.</p>
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
    <Decision icon="check" heading="Your account is deleted">
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
          Go to the start page
        </a>
      </Choices>
    </Decision>
  );
}

import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

export function DeleteAccountPage() {
  return (
    <Decision icon="warning" heading={buttonWords.deleteAccount}>
      <p>If you press Delete everything, the following is deleted at once and cannot be restored:</p>
      <ul class="bullets">
        <li>your passkeys and your account key,</li>
        <li>the connection to Ōura, and this service's access to your data at Ōura,</li>
        <li>the access of every assistant,</li>
        <li>the list of your assistants' activity,</li>
        <li>the sign-in of every browser, so that you are signed out in this browser too,</li>
        <li>the registration of your ring, so that the next person in the queue can connect a ring.</li>
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

import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

/** The page at Oura on which a person can remove apps. */
export const ouraSettings = "https://cloud.ouraring.com/";

export function DisconnectPage() {
  return (
    <Decision icon="plug" heading="Disconnect Ōura">
      <p>
        When you press Disconnect, this server deletes its access to Ōura (Ōura's tokens) at once. Your assistants stay
        allowed, but they can read nothing until you connect again. Your data at Ōura is not changed.
      </p>
      <p>
        Your Ōura account still lists this app afterwards. You can remove the app in{" "}
        <a href={ouraSettings} rel="noreferrer">
          your Ōura account
        </a>{" "}
        later, or tick the box to revoke it now.
      </p>
      <form method="post" action="/disconnect">
        <label class="tick">
          <input type="checkbox" name="revoke" value="yes" />
          <b>{buttonWords.alsoRevoke}</b>
        </label>
        <Choices>
          <button type="submit" class="final">
            {buttonWords.disconnect}
          </button>
          <a class="button plain" href="/panel">
            {buttonWords.cancel}
          </a>
        </Choices>
      </form>
    </Decision>
  );
}

import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

/** The page at Oura on which a person can remove apps. */
export const ouraSettings = "https://cloud.ouraring.com/";

export function DisconnectPage() {
  return (
    <Decision icon="plug" heading="Disconnect Ōura">
      <p>
        This deletes Ōura's tokens here at once. Your assistants stay allowed and read nothing until you connect again.
        Your data at Ōura is not touched.
      </p>
      <p>
        Ōura still lists this app afterwards. You can remove it in{" "}
        <a href={ouraSettings} rel="noreferrer">
          your Ōura account
        </a>
        , or have it revoked now.
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

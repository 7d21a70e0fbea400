import { buttonWords } from "../../web/button-words.ts";
import { Choices, Decision } from "../../web/decision.tsx";

export const ouraSettings = "https://cloud.ouraring.com/";

export function DisconnectPage() {
  return (
    <Decision icon="plug" heading="Disconnect Ōura">
      <p>
        When you press Disconnect, this service immediately deletes the digital keys (Ōura's tokens) with which it reads
        your data at Ōura. Your assistants keep their permissions, but they can read nothing until you connect again.
        Your data at Ōura is not changed.
      </p>
      <p>
        After you disconnect, your Ōura account still lists this service among its apps. To remove it there too, tick
        the box below, or remove it later in{" "}
        <a href={ouraSettings} rel="noreferrer">
          your Ōura account
        </a>
        .
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

import { buttonWords } from "../web/button-words.ts";
import { Choices, Decision } from "../web/decision.tsx";

/**
 * The person's ring is connected to another account of this service. This page asks whether to move the connection to
 * the account that is signed in.
 * @param handle identifies the request of an assistant that waits for the decision; null when no assistant waits
 */
export function TakeOverPage({ handle }: { handle: string | null }) {
  return (
    <Decision icon="ring" heading="This Ōura account is connected to another account of this service">
      <p>
        Perhaps you created another account of this service earlier and can no longer sign in to it. You can move the
        connection to the account that you use now. The other account then loses the connection, and its assistants can
        no longer read your data.
      </p>
      <form method="post" action="/take-over">
        {handle === null ? null : <input type="hidden" name="handle" value={handle} />}
        <Choices>
          <button type="submit">{buttonWords.takeOver}</button>
          <button type="submit" name="decision" value="cancel" class="plain">
            {buttonWords.cancel}
          </button>
        </Choices>
      </form>
    </Decision>
  );
}

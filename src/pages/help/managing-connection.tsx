import { buttonWords } from "../../web/button-words.ts";
import { ouraSettings } from "../panel/disconnect-page.tsx";
import { Press } from "./press.tsx";

export function ManagingConnection() {
  return (
    <>
      <h3>Disconnect</h3>
      <p>
        Press <Press>{buttonWords.disconnect}</Press> on the Ōura Ring card, and <Press>{buttonWords.disconnect}</Press>{" "}
        once more. Ōura's tokens are deleted here at once; your assistants stay allowed and read nothing until you
        connect again.
      </p>
      <h3>Revoke at Ōura</h3>
      <p>
        After a disconnect, Ōura still lists this app. Tick <Press>{buttonWords.alsoRevoke}</Press> to end it there too,
        or remove it in{" "}
        <a href={ouraSettings} rel="noreferrer">
          your Ōura account
        </a>
        .
      </p>
      <h3>One assistant</h3>
      <p>
        Under Assistants, untick what it should no longer read and press <Press>{buttonWords.savePermissions}</Press>,
        or press <Press>{buttonWords.revoke}</Press>. Both take effect at once. To allow more, connect it again.{" "}
        <Press>{buttonWords.revokeAll}</Press> ends every assistant's access.
      </p>
      <h3>A program without a browser</h3>
      <p>
        A script, n8n or an AI company's API cannot sign in as you do. It uses an access token instead. Under Assistants
        press <Press>{buttonWords.newAccessToken}</Press>, give it a name, choose what it may read and when it expires,
        and press <Press>{buttonWords.makeAccessToken}</Press>. Give the token to the program, which sends it with each
        request. The token is listed with your assistants. There you can reduce what it may read, or revoke it.
      </p>
      <h3>Sign-in methods</h3>
      <p>
        Under Security, <Press>{buttonWords.addPasskey}</Press> for a second device and make a{" "}
        <Press>{buttonWords.newAccountKey}</Press> in case you lose them. If you lose all of them, create another
        account and connect the same Ōura account: you may then take the connection over.
      </p>
      <h3>Leave</h3>
      <p>
        <Press>{buttonWords.deleteAccount}</Press>, then <Press>{buttonWords.deleteEverything}</Press>, removes
        everything kept about you.
      </p>
    </>
  );
}

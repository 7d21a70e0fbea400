import { buttonWords } from "../../web/button-words.ts";
import { ouraSettings } from "../panel/disconnect-page.tsx";
import { Press } from "./press.tsx";

export function ManagingConnection() {
  return (
    <>
      <h3>Disconnect</h3>
      <p>
        On the Ōura Ring card, press <Press>{buttonWords.disconnect}</Press>. On the next page, press{" "}
        <Press>{buttonWords.disconnect}</Press> again. This server then deletes its access to Ōura (Ōura's tokens) at
        once. Your assistants stay allowed, but they can read nothing until you connect again.
      </p>
      <h3>Revoke at Ōura</h3>
      <p>
        After you disconnect, your Ōura account still lists this app. To remove the app there too, tick{" "}
        <Press>{buttonWords.alsoRevoke}</Press> when you disconnect, or remove it later in{" "}
        <a href={ouraSettings} rel="noreferrer">
          your Ōura account
        </a>
        .
      </p>
      <h3>One assistant</h3>
      <p>
        Under Assistants, untick what an assistant should no longer read and press{" "}
        <Press>{buttonWords.savePermissions}</Press>. To end its access, press <Press>{buttonWords.revoke}</Press>. Each
        change takes effect at once. To let an assistant read more, connect it again.{" "}
        <Press>{buttonWords.revokeAll}</Press> ends the access of every assistant.
      </p>
      <h3>A program without a browser</h3>
      <p>
        A script, n8n or an AI company's API cannot open a browser to sign in. Such a program uses an access token
        instead. Under Assistants press <Press>{buttonWords.newAccessToken}</Press>, give it a name, choose what it may
        read and when it expires, and press <Press>{buttonWords.makeAccessToken}</Press>. Give the token to the program,
        which sends it with each request. The token is listed with your assistants. There you can reduce what it may
        read, or revoke it.
      </p>
      <h3>Sign-in methods</h3>
      <p>
        Under Security, press <Press>{buttonWords.addPasskey}</Press> to sign in on a second device. Press{" "}
        <Press>{buttonWords.newAccountKey}</Press> to have an account key in case you lose your passkeys. If you lose
        every way to sign in, create another account and connect the same Ōura account. You can then move the connection
        to the new account.
      </p>
      <h3>Leave</h3>
      <p>
        Press <Press>{buttonWords.deleteAccount}</Press>, then <Press>{buttonWords.deleteEverything}</Press>. This
        deletes everything that is kept about you.
      </p>
    </>
  );
}

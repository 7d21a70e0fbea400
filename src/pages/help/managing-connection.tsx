import { buttonWords } from "../../web/button-words.ts";
import { ouraSettings } from "../panel/disconnect-page.tsx";
import { Press } from "./press.tsx";

export function ManagingConnection() {
  return (
    <>
      <h3>Disconnect</h3>
      <p>
        On the page “Your MCP server”, on the Ōura Ring card, press <Press>{buttonWords.disconnect}</Press>. On the next
        page, press <Press>{buttonWords.disconnect}</Press> again. This service then immediately deletes the digital
        keys (Ōura's tokens) with which it reads your data at Ōura. Your assistants keep their permissions, but they can
        read nothing until you connect again.
      </p>
      <h3>Revoke at Ōura</h3>
      <p>
        After you disconnect, your Ōura account still lists this service among its apps. To remove it there too, tick{" "}
        <Press>{buttonWords.alsoRevoke}</Press> when you disconnect, or remove it later in{" "}
        <a href={ouraSettings} rel="noreferrer">
          your Ōura account
        </a>
        .
      </p>
      <h3>Change or end the access of an assistant</h3>
      <p>
        On the page “Your MCP server”, under Assistants, untick what an assistant should no longer read and press{" "}
        <Press>{buttonWords.savePermissions}</Press>. To end the assistant's access, press{" "}
        <Press>{buttonWords.revoke}</Press>. To end the access of all assistants, press{" "}
        <Press>{buttonWords.revokeAll}</Press>. Each of these changes takes effect at once. To let an assistant read
        more, connect the assistant to this service again.
      </p>
      <h3>A program without a browser</h3>
      <p>
        Some programs cannot open a browser to sign in, for example a script, the automation service n8n or a program
        that uses an AI company's API. Such a program uses an access token instead: a long code that the program sends
        with each request. On the page “Your MCP server”, under Assistants, press{" "}
        <Press>{buttonWords.newAccessToken}</Press>. Give the token a name, choose what the token may read and when it
        expires, and press <Press>{buttonWords.makeAccessToken}</Press>. Then enter the token in the settings of the
        program. Later, you can reduce what the token may read, or revoke the token, in the list of your assistants.
      </p>
      <h3>Sign-in methods</h3>
      <p>
        On the page “Your MCP server”, under Security, press <Press>{buttonWords.addPasskey}</Press> to add a passkey
        for a second device. Press <Press>{buttonWords.newAccountKey}</Press> to get an account key: a long code with
        which you can sign in if you lose your passkeys. If you lose every way to sign in, create another account and
        connect the same Ōura account. You can then move the connection to the new account.
      </p>
      <h3>Leave</h3>
      <p>
        On the page “Your MCP server”, press <Press>{buttonWords.deleteAccount}</Press>. On the next page, press{" "}
        <Press>{buttonWords.deleteEverything}</Press>. This deletes everything that this service keeps about you.
      </p>
    </>
  );
}

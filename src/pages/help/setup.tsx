import { defaultScopeNames, scopes } from "../../oura/scopes.ts";
import { buttonWords } from "../../web/button-words.ts";
import { sayNumber } from "../../words/present.ts";
import { Press } from "./press.tsx";

/**
 * The steps from creating an account to the first answer. Buttons are named in the order in which people press them.
 */
export function Setup({ mcpUrl }: { mcpUrl: string }) {
  return (
    <>
      <h3>Prerequisites</h3>
      <ul class="bullets">
        <li>
          An Ōura Ring, an Ōura account and an active Ōura membership. Without an active membership, Ōura shares no
          data.
        </li>
        <li>
          An assistant that can use MCP servers (services such as this one), for example Claude, Claude Code, ChatGPT,
          Cursor or VS Code.
        </li>
        <li>
          A device with a fingerprint reader, face recognition or a screen lock, if you want to sign in with a passkey.
        </li>
      </ul>
      <h3>Account</h3>
      <p>
        On the <a href="/">start page</a> press <Press>{buttonWords.createAccount}</Press>, then{" "}
        <Press>{buttonWords.createPasskey}</Press>.
      </p>
      <p class="quiet small">
        If your browser offers no passkeys, press “{buttonWords.useAccountKey}”. The next page shows the account key.
        Keep it in a safe place, because you need it to sign in.
      </p>
      <h3>Register</h3>
      <p>
        On the page “Your MCP server”, under Toolkits, press <Press>{buttonWords.register}</Press> to ask to connect
        your ring. To confirm, press <Press>{buttonWords.register}</Press> again.
      </p>
      <p class="quiet small">
        Ōura limits how many people may use a new service, so you may have to wait. While you wait, the Ōura Ring card
        says Pending and shows your position in the queue and a reference code. You keep your position in the queue
        without doing anything.
      </p>
      <h3>Connect</h3>
      <p>
        {" "}
        On the Ōura Ring card, press <Press>{buttonWords.connect}</Press>. Ōura's own page opens.{" "}
      </p>
      <h3>Authorize</h3>
      <p>
        Sign in on Ōura's page and choose what Ōura may share. The page asks for {sayNumber(defaultScopeNames.length)}{" "}
        permissions:{" "}
        {scopes
          .filter(({ name }) => defaultScopeNames.includes(name))
          .map(({ label }) => label)
          .join(", ")}
        . Then press <Press>{buttonWords.allow}</Press>.
      </p>
      <h3>Confirmation</h3>
      <p>
        You return to the page “Your MCP server” and see the message “Successful connection”. The Ōura Ring card says
        Connected and lists what Ōura shares.
      </p>
      <h3>Your assistant</h3>
      <p>
        Copy the address <code>{mcpUrl}</code> into the settings of your assistant. The page “Your MCP server” has the
        exact steps for each assistant. The assistant opens a page of this service, where you tick what it may read and
        press {buttonWords.allow}. Then ask the assistant how you slept.
      </p>
    </>
  );
}

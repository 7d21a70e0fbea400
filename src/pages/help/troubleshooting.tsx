import { missingReasons } from "../../question/missing-reasons.ts";
import { buttonWords } from "../../web/button-words.ts";
import { troubles } from "../panel/outcome-words.ts";
import { Press } from "./press.tsx";

export function Troubleshooting() {
  return (
    <>
      <h3>The Ōura Ring card says Reconnect needed</h3>
      <p>
        Either Ōura ended the connection, perhaps because you removed this service in your Ōura account, or the
        encryption key of this service has changed. On the Ōura Ring card, press <Press>{buttonWords.reconnect}</Press>.
        Your assistants keep their permissions.
      </p>
      <h3>The Ōura Ring card shows a problem with the last question</h3>
      <dl class="terms">
        {troubles.map(({ state, advice }) => (
          <>
            <dt>{state}</dt>
            <dd>{advice}</dd>
          </>
        ))}
      </dl>
      <h3>An assistant says that something is not granted</h3>
      <p>
        If Ōura does not share the kind of data that your question needs, press <Press>{buttonWords.reconnect}</Press>{" "}
        on the Ōura Ring card and tick it on Ōura's page. If Ōura shares it but the assistant may not read it, connect
        the assistant again, and tick it on the page of this service that opens.
      </p>
      <h3>An assistant says that its access was revoked</h3>
      <p>To allow the assistant again, remove this service from the assistant and add it again.</p>
      <h3>An assistant cannot reach this service, though you see this page</h3>
      <p>
        An assistant on the web sends its requests from the servers of the company that makes it. A firewall or a
        protection against bots in front of this service may block these requests. Tell the operator of this service
        which assistant you use. An assistant on your own computer may be blocked by a VPN or a company's proxy. Try
        once without the VPN or proxy.
      </p>
      <h3>After Allow, the browser shows a page at localhost that does not open</h3>
      <p>
        After you press Allow, the browser returns to the program at the address localhost. This address means the
        computer on which the browser runs. The browser does not find the program if the program runs on another
        computer, or if a VPN or proxy redirects the address. Sign in again in a browser on the same computer as the
        program, without the VPN or proxy.
      </p>
      <h3>
        After Allow, the program complains about <code>iss</code> or the issuer
      </h3>
      <p>
        Codex 0.144 to 0.146 and versions of mcp-remote from before 11 September 2026 have a fault: they lose the value{" "}
        <code>iss</code> (the issuer), which this service sends when you sign in. Update the program and sign in again.
      </p>
      <h3>A program says that its access token has expired or was revoked</h3>
      <p>
        On the page “Your MCP server”, press <Press>{buttonWords.newAccessToken}</Press> to make another token. Enter
        the new token in the settings of the program. A token that has expired or was revoked never works again.
      </p>
      <h3>This browser offers no passkeys</h3>
      <p>
        Use an account key instead of a passkey. You can do everything with an account key too. If this browser does not
        offer a passkey that you have made, check the web address of this page: a passkey works only at the address at
        which it was created.
      </p>
      <h3>Data is missing from an answer</h3>
      <p>When data is missing, the answer gives one of the following reasons:</p>
      <dl class="terms">
        {Object.entries(missingReasons).map(([reason, words]) => (
          <>
            <dt>
              <code>{reason}</code>
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
    </>
  );
}

import { missingReasons } from "../../question/missing-reasons.ts";
import { buttonWords } from "../../web/button-words.ts";
import { troubles } from "../panel/outcome-words.ts";
import { Press } from "./press.tsx";

export function Troubleshooting() {
  return (
    <>
      <h3>The card says Reconnect needed</h3>
      <p>
        Either Ōura ended the connection, perhaps because you removed the app there, or the encryption key of this
        server has changed. Press <Press>{buttonWords.reconnect}</Press>. Your assistants stay allowed.
      </p>
      <h3>The card says that the last call failed</h3>
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
        There are two possible reasons. If Ōura does not share this kind of data, press{" "}
        <Press>{buttonWords.reconnect}</Press> and tick it on Ōura's page. If this assistant may not read it, connect
        the assistant again and tick it on this site.
      </p>
      <h3>An assistant says that its access was revoked</h3>
      <p>Remove this server from your assistant and add it again.</p>
      <h3>An assistant cannot reach this server, though you see this page</h3>
      <p>
        Assistants on the web reach this site from their makers' servers. A firewall or a protection against bots in
        front of this site may block them. Tell the operator which assistant it is. A program on your own computer may
        be blocked by a VPN or a company's proxy. Try once without the VPN or proxy.
      </p>
      <h3>After Allow, the browser shows a page at localhost that does not open</h3>
      <p>
        The program waits for the browser at localhost, which means the computer that the program runs on. The browser
        does not find the program if it runs on another computer, or if a VPN or proxy sends localhost elsewhere. Sign
        in again in a browser on the same computer as the program, without the VPN.
      </p>
      <h3>
        After Allow, the program complains about <code>iss</code> or the issuer
      </h3>
      <p>
        Some versions of programs lose the issuer (<code>iss</code>) that this site sends: Codex 0.144 to 0.146, and
        mcp-remote before 11 September 2026. Update the program and sign in again.
      </p>
      <h3>A program says that its access token has expired or was revoked</h3>
      <p>
        Press <Press>{buttonWords.newAccessToken}</Press> to make another token, and give it to the program. A token
        that has expired or was revoked never works again.
      </p>
      <h3>This browser offers no passkeys</h3>
      <p>
        Use an account key instead. Everything works with an account key too. A passkey works only at the site address
        at which it was created.
      </p>
      <h3>Data is missing from an answer</h3>
      <p>When data is missing, an answer gives one of these reasons:</p>
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

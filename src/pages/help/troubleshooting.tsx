import { missingReasons } from "../../question/missing-reasons.ts";
import { buttonWords } from "../../web/button-words.ts";
import { troubles } from "../panel/outcome-words.ts";
import { Press } from "./press.tsx";

export function Troubleshooting() {
  return (
    <>
      <h3>The Ōura Ring card says Reconnect needed</h3>
      <p>
        This can have two causes. Perhaps Ōura ended the connection, for example because you removed this service in
        your Ōura account. Or this service has a new encryption key and cannot use the old connection. In both cases,
        press <Press>{buttonWords.reconnect}</Press> on the Ōura Ring card. Your assistants keep their permissions.
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
        on the Ōura Ring card. Ōura's page opens, where you tick this kind of data. If Ōura shares the data but the
        assistant may not read it, connect the assistant to this service again. A page of this service opens, where you
        tick this kind of data.
      </p>
      <h3>An assistant says that its access was revoked</h3>
      <p>
        To allow the assistant again, remove this service from the settings of the assistant. Then add this service
        there again.
      </p>
      <h3>An assistant cannot reach this service, though you see this page</h3>
      <p>
        If you use the assistant on a website, its requests come from the servers of the company that makes it. A
        firewall or bot filter that protects this service may block these requests. Only the operator of this service
        can change that, so tell the operator which assistant you use. If the assistant runs on your own computer, a VPN
        or a company's proxy may block its requests. Try once without the VPN or proxy.
      </p>
      <h3>After Allow, the browser shows a page at localhost that does not open</h3>
      <p>
        After you press Allow, the browser opens the address localhost to return to the program. The address localhost
        means “this computer”, so the page opens only if the browser and the program run on the same computer. A VPN or
        proxy can also be the reason that the page does not open. Sign in again: use a browser on the computer on which
        the program runs, and switch off the VPN or proxy.
      </p>
      <h3>
        After Allow, the program complains about <code>iss</code> or the issuer
      </h3>
      <p>
        The program may have a known fault. When you sign in, this service sends the program a value with the name{" "}
        <code>iss</code> (the issuer). Codex 0.144 to 0.146 and versions of mcp-remote from before 11 September 2026
        lose this value. Update the program and sign in again.
      </p>
      <h3>A program says that its access token has expired or was revoked</h3>
      <p>
        On the page “Your MCP server”, press <Press>{buttonWords.newAccessToken}</Press> to make another token. Enter
        the new token in the settings of the program. A token that has expired or was revoked never works again.
      </p>
      <h3>This browser offers no passkeys</h3>
      <p>
        Use an account key instead of a passkey. With an account key you can do everything that you can do with a
        passkey. If you have made a passkey and this browser does not offer it, check the web address of this page. A
        passkey works only at the web address at which you made it.
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

import { missingReasons } from "../../question/missing-reasons.ts";
import { buttonWords } from "../../web/button-words.ts";
import { troubles } from "../panel/outcome-words.ts";
import { Press } from "./press.tsx";

export function Troubleshooting() {
  return (
    <>
      <h3>The card says Reconnect needed</h3>
      <p>
        Ōura ended the connection, perhaps because you removed the app there, or this server's encryption key has
        changed. Press <Press>{buttonWords.reconnect}</Press>; your assistants stay allowed.
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
        Either Ōura does not share it (press <Press>{buttonWords.reconnect}</Press> and tick it there), or this
        assistant may not read it (connect it again and tick it).
      </p>
      <h3>An assistant says that its access was revoked</h3>
      <p>Remove the server from the assistant and add it once more.</p>
      <h3>An assistant cannot reach this server, though you see this page</h3>
      <p>
        Assistants on the web come from their makers' servers. A bot wall or firewall in front of this site may keep
        them out: tell the operator which assistant it is. A program on your own computer may be held back by a VPN or a
        company's proxy: try once without it.
      </p>
      <h3>After Allow, the browser shows a page at localhost that does not open</h3>
      <p>
        The program waits for the answer on the computer it runs on. It is not there if the program runs on another
        computer, or if a VPN or proxy sends localhost elsewhere. Sign in again in a browser on the same computer,
        without the VPN.
      </p>
      <h3>
        After Allow, the program complains about <code>iss</code> or the issuer
      </h3>
      <p>
        Some versions lose this part of the answer: Codex 0.144 to 0.146, and mcp-remote before 11 September 2026.
        Update the program and sign in again.
      </p>
      <h3>A program says that its access token has expired or was revoked</h3>
      <p>
        Make another with <Press>{buttonWords.newAccessToken}</Press>, and give it to the program. Nothing brings an
        ended token back.
      </p>
      <h3>This browser offers no passkeys</h3>
      <p>Use an account key; everything works with it. A passkey works only for the site address it was created on.</p>
      <h3>Data is missing from an answer</h3>
      <p>An answer gives a reason for every gap:</p>
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

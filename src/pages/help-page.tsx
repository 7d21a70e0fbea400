import { scopes } from "../oura/scopes.ts";
import { tools } from "../tools/index.ts";
import { missingReasons } from "../tools/missing.ts";

/** Set-up, permissions, privacy, managing and troubleshooting. Names come from the tables the product itself runs on. */
export function HelpPage({ mcpUrl }: { mcpUrl: string }) {
  return (
    <>
      <h1>Help</h1>
      <h2>Set-up</h2>
      <p>You need an Ōura Ring with an Ōura account, and an assistant that can use MCP servers.</p>
      <ol>
        <li>
          Press <strong>Create account</strong>, then <strong>Create a passkey</strong>. Without passkeys, press{" "}
          <strong>Use an account key instead</strong>.
        </li>
        <li>
          Under Toolkits press <strong>Register</strong>, and <strong>Register</strong> once more to confirm. While all
          places are taken you wait in a queue and keep your place.
        </li>
        <li>
          Press <strong>Connect</strong> and choose on Ōura's page what it may share, then <strong>Allow</strong>.
        </li>
        <li>
          Add <code>{mcpUrl}</code> to your assistant, tick what it may read and press <strong>Allow</strong>.
        </li>
      </ol>
      <h2>Understanding permissions</h2>
      <p>Two decisions: what Ōura shares with this service, and what each assistant may read of that.</p>
      <dl class="wide">
        {scopes.map(({ label, unlocks }) => (
          <>
            <dt>{label}</dt>
            <dd>{unlocks}</dd>
          </>
        ))}
      </dl>
      <p class="quiet">
        Heart rate and HRV of the night belong to Daily Summaries. Stress needs Daily Summaries as well.
      </p>
      <h2>Capabilities</h2>
      <dl class="wide">
        {tools.map((tool) => (
          <>
            <dt>{tool.title}</dt>
            <dd>
              <code>{tool.name}</code>
            </dd>
          </>
        ))}
      </dl>
      <h2>Data privacy</h2>
      <p>
        Health data is read when an assistant asks, held in memory for at most a minute and never stored. What an
        assistant is told goes to its maker. <a href="/privacy">What is kept, and for how long</a>.
      </p>
      <h2>Managing your connection</h2>
      <ul>
        <li>
          <strong>Disconnect</strong> deletes Ōura's tokens here at once; tick Also revoke at Ōura to end it there too.
        </li>
        <li>
          <strong>Revoke</strong> ends one assistant's access, <strong>Save permissions</strong> narrows it.
        </li>
        <li>
          <strong>Delete account</strong> removes everything kept about you.
        </li>
      </ul>
      <h2>When something is missing</h2>
      <dl class="wide">
        {Object.entries(missingReasons).map(([reason, words]) => (
          <>
            <dt>
              <code>{reason}</code>
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
      <p>
        If the card says <strong>Reconnect needed</strong>, press <strong>Reconnect</strong>; your assistants stay
        allowed.
      </p>
    </>
  );
}

import type { PanelView } from "../agent/panel-view.ts";
import { scopeLabel, scopes } from "../oura/scopes.ts";
import { RingCard } from "./ring-card.tsx";

interface PanelPageProps {
  view: PanelView;
  origin: string;
}

export function PanelPage({ view, origin }: PanelPageProps) {
  return (
    <>
      <h1>Your MCP server</h1>
      <p>Add this address to your assistant:</p>
      <p>
        <code id="mcp-url">{origin}/mcp</code>
      </p>
      <h2>Toolkits</h2>
      <RingCard standing={view.standing} />
      {view.standing.kind === "connected" ? <Permissions view={view} /> : null}
      <Assistants view={view} />
      <Activity view={view} />
      <Security view={view} />
    </>
  );
}

function Permissions({ view }: { view: PanelView }) {
  return (
    <section>
      <h2>What Ōura shares</h2>
      <ul>
        {scopes.map(({ name, label, unlocks }) => (
          <li>
            {label}: {view.scopes.includes(name) ? "granted" : "not granted (press Reconnect and tick it at Ōura)"}
            <span class="quiet">, {unlocks}</span>
          </li>
        ))}
      </ul>
      <p class="quiet">Last successful read: {view.lastReadAt === null ? "none yet" : formatTime(view.lastReadAt)}.</p>
    </section>
  );
}

function Assistants({ view }: { view: PanelView }) {
  const active = view.assistants.filter(({ assistant }) => assistant.revokedAt === null);
  return (
    <section>
      <h2>Assistants</h2>
      {active.length === 0 ? <p>None may read anything yet.</p> : null}
      {active.map(({ id, assistant }) => (
        <div class="card">
          <h3>{assistant.clientName}</h3>
          <p>
            {assistant.clientDomain ?? "not verified"}; may read {assistant.scopes.map(scopeLabel).join(", ")}. Allowed{" "}
            {formatTime(assistant.createdAt)}, last used{" "}
            {assistant.lastUsedAt === null ? "never" : formatTime(assistant.lastUsedAt)}.
          </p>
          <form method="post" action="/assistants/revoke">
            <input type="hidden" name="id" value={id} />
            <button type="submit" class="plain" aria-label={`Revoke ${assistant.clientName}`}>
              Revoke
            </button>
          </form>
        </div>
      ))}
    </section>
  );
}

function Activity({ view }: { view: PanelView }) {
  const nameOf = (id: string) =>
    view.assistants.find((known) => known.id === id)?.assistant.clientName ?? "an assistant";
  return (
    <section>
      <h2>Activity</h2>
      <p class="quiet">
        The last 100 calls of 30 days: time, assistant and tool, never values. It is written within a minute; a crash
        may lose the last one.
      </p>
      <ul>
        {view.activity.map(({ at, assistantId, tool }) => (
          <li>
            {formatTime(at)}: {nameOf(assistantId)}, {tool}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Security({ view }: { view: PanelView }) {
  return (
    <section>
      <h2>Security</h2>
      <p id="passkey-notice" role="alert" />
      <ul>
        {view.passkeys.map(({ id, name, lastUsedAt }) => (
          <li>
            {name}, last used {lastUsedAt === null ? "when it was made" : formatTime(lastUsedAt)}{" "}
            <form method="post" action="/passkeys/remove">
              <input type="hidden" name="id" value={id} />
              <button type="submit" class="plain" aria-label={`Remove ${name}`}>
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form method="post" action="/passkeys/options" data-passkey="create" data-verify="/passkeys" data-next="/panel">
        <button type="submit" class="plain">
          Add passkey
        </button>
      </form>
      <form method="post" action="/account-key">
        <button type="submit" class="plain">
          New account key
        </button>
      </form>
      <p class="quiet">
        {view.hasAccountKey
          ? "You have an account key; a new one replaces it."
          : "An account key is the way back in when a passkey is lost."}
      </p>
      <p>
        Signed in:{" "}
        {view.sessions.map(({ browser, isThisOne }) => (isThisOne ? `${browser} (this one)` : browser)).join(", ")}.
      </p>
      <form method="post" action="/sign-out">
        <button type="submit" class="plain">
          Sign out
        </button>
      </form>
      <form method="post" action="/sign-out-everywhere">
        <button type="submit" class="plain">
          Sign out everywhere
        </button>
      </form>
      <a class="button plain" href="/delete-account">
        Delete account
      </a>
    </section>
  );
}

function formatTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

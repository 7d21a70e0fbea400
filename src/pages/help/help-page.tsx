import type { Child } from "hono/jsx";
import { buttonWords } from "../../web/button-words.ts";
import { heldFor } from "../../web/held-for.ts";
import { Capabilities } from "./capabilities.tsx";
import { ManagingConnection } from "./managing-connection.tsx";
import { Setup } from "./setup.tsx";
import { Troubleshooting } from "./troubleshooting.tsx";
import { UnderstandingPermissions } from "./understanding-permissions.tsx";

const chapters: readonly { id: string; title: string; body: (mcpUrl: string) => Child }[] = [
  { id: "setup", title: "Setup", body: (mcpUrl) => <Setup mcpUrl={mcpUrl} /> },
  { id: "permissions", title: "Understanding permissions", body: () => <UnderstandingPermissions /> },
  { id: "data-privacy", title: "Data privacy", body: () => <DataPrivacy /> },
  { id: "managing", title: "Managing your connection", body: () => <ManagingConnection /> },
  { id: "capabilities", title: "Capabilities", body: () => <Capabilities /> },
  { id: "troubleshooting", title: "Troubleshooting", body: () => <Troubleshooting /> },
];

/**
 * The names of buttons, permissions, tools and reasons for missing data come from the tables that the product uses. So
 * the page cannot name something that does not exist.
 */
export function HelpPage({ mcpUrl }: { mcpUrl: string }) {
  return (
    <div class="settings">
      <nav aria-label="On this page">
        <ul>
          {chapters.map(({ id, title }) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <div>
        <h1>Help</h1>
        {chapters.map(({ id, title, body }) => (
          <section class="part doc" id={id} aria-labelledby={`${id}-heading`}>
            <h2 id={`${id}-heading`}>{title}</h2>
            {body(mcpUrl)}
          </section>
        ))}
      </div>
    </div>
  );
}

function DataPrivacy() {
  return (
    <>
      <ul class="bullets">
        <li>
          This service reads health data from Ōura only when an assistant asks, when you press “
          {buttonWords.showLastNight}”, and when it checks which kinds of data Ōura shares.
        </li>
        <li>Health data is held in memory for at most {heldFor}, and is never stored or logged.</li>
        <li>
          The data that an assistant reads goes to the company or person that makes the assistant. The terms of that
          company or person apply to the data.
        </li>
        <li>Your account holds no name and no e-mail address.</li>
      </ul>
      <p>
        <a href="/privacy">Read what this service keeps about you, where, and for how long</a>
      </p>
    </>
  );
}

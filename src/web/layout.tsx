import type { Child } from "hono/jsx";
import type { SiteConfig } from "../config.ts";
import { Mark } from "./icon.tsx";
import { Note } from "./note.tsx";

export type ScriptName = "passkey" | "dialog" | "copy" | "preview";

/** The width of a page: `focus` for one decision, `text` for a text to read, `full` for the whole screen. */
export type PageShape = "focus" | "text" | "full";

export interface PageMessage {
  tone: "done" | "info" | "warning";
  text: string;
}

interface LayoutProps {
  site: SiteConfig;
  title: string;
  /** The navigation marks the link to this path as the current page. */
  path: string;
  shape: PageShape;
  message?: PageMessage | null;
  /** Only passkeys need scripts. All other parts of a page work without them. */
  scripts?: readonly ScriptName[];
  children?: Child;
}

export function Layout({ site, title, path, shape, message, scripts = [], children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${site.serviceName}`}</title>
        <meta
          name="description"
          content="Ask your assistant about your Ōura Ring: read-only, and no health data is stored."
        />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/assets/icon.png" />
        <link rel="stylesheet" href="/assets/style.css" />
        <script src="/assets/submit-once.js" defer />
        {scripts.map((name) => (
          <script src={`/assets/${name}.js`} defer />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the page
        </a>
        <div class="bar">
          <header class="top">
            <a class="brand" href="/">
              <Mark />
              {site.serviceName}
            </a>
            <nav aria-label="Site">
              <SiteLink href="/panel" path={path}>
                Your MCP server
              </SiteLink>
              <SiteLink href="/help" path={path}>
                Help
              </SiteLink>
            </nav>
          </header>
        </div>
        <main id="main">
          <div class={shape}>
            {message ? (
              <div class="message">
                <Note tone={message.tone} role="status">
                  {message.text}
                </Note>
              </div>
            ) : null}
            {children}
          </div>
        </main>
        <div class="base">
          <footer class="foot">
            <a class="navlink" href="/privacy">
              Privacy
            </a>
            <a class="navlink" href="/terms">
              Terms
            </a>
            {site.sourceUrl ? (
              <a class="navlink" href={site.sourceUrl} rel="noreferrer">
                Source
              </a>
            ) : null}
            <p class="affiliation">
              {site.operatorName ? `Operated by ${site.operatorName}. ` : ""}Not affiliated with Ōura.
            </p>
          </footer>
        </div>
      </body>
    </html>
  );
}

function SiteLink({ href, path, children }: { href: string; path: string; children: string }) {
  return (
    <a class="navlink" href={href} aria-current={href === path ? "page" : undefined}>
      {children}
    </a>
  );
}

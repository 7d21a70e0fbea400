import type { Child } from "hono/jsx";
import type { SiteConfig } from "../config.ts";

export type ScriptName = "passkey" | "dialog" | "copy" | "preview";

interface LayoutProps {
  site: SiteConfig;
  title: string;
  /** Shown once above the page, after an action. */
  message?: string | null;
  /** Client scripts the page works better with. */
  scripts?: readonly ScriptName[];
  children?: Child;
}

export function Layout({ site, title, message, scripts = [], children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${site.serviceName}`}</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/style.css" />
        {scripts.map((name) => (
          <script src={`/assets/${name}.js`} defer />
        ))}
      </head>
      <body>
        <header>
          <a class="name" href="/">
            {site.serviceName}
          </a>
          <nav aria-label="Site">
            <a href="/panel">Your MCP server</a> · <a href="/help">Help</a>
          </nav>
        </header>
        <main>
          {message ? <p role="status">{message}</p> : null}
          {children}
        </main>
        <footer>
          <a href="/privacy">Privacy</a>
          <a href="/terms">Terms</a>
          <span>Not affiliated with Ōura.</span>
        </footer>
      </body>
    </html>
  );
}

import { Hono } from "hono";
import { serverVersion } from "../agent/mcp-server.ts";
import { scopes } from "../oura/scopes.ts";
import { tools } from "../tools/index.ts";
import type { AppEnv } from "../web/app.ts";
import copyScript from "../web/assets/copy.client.js";
import dialogScript from "../web/assets/dialog.client.js";
import passkeyScript from "../web/assets/passkey.client.js";
import stylesheet from "../web/assets/style.css";
import { page } from "../web/respond.tsx";

/** Pages anybody may read, and that serve before a single secret is set. */
export const publicRoutes = new Hono<AppEnv>();

const assets: Readonly<Record<string, { type: string; text: string }>> = {
  "style.css": { type: "text/css; charset=utf-8", text: stylesheet },
  "passkey.js": { type: "text/javascript; charset=utf-8", text: passkeyScript },
  "copy.js": { type: "text/javascript; charset=utf-8", text: copyScript },
  "dialog.js": { type: "text/javascript; charset=utf-8", text: dialogScript },
};

publicRoutes.get("/assets/:name", (c) => {
  const name = c.req.param("name");
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (!asset) return c.notFound();
  return c.body(asset.text, 200, { "content-type": asset.type, "cache-control": "public, max-age=300" });
});

publicRoutes.get("/health", (c) => {
  const configured = c.get("config") !== undefined;
  return c.json({ status: "ok", configured, version: serverVersion });
});

publicRoutes.get("/robots.txt", (c) => c.text("User-agent: *\nDisallow: /panel\nDisallow: /authorize\n"));

publicRoutes.get("/", (c) =>
  page(
    c,
    { title: "Ask your assistant about your Ōura Ring" },
    <>
      <h1>Ask your assistant about your Ōura Ring</h1>
      <p>
        Add one address to Claude, ChatGPT, Cursor or VS Code, allow what it may read, and ask: <q>How did I sleep?</q>
      </p>
      <p>
        <a class="button" href="/create-account">
          Create account
        </a>
        <a class="button plain" href="/sign-in">
          Sign in
        </a>
      </p>
      <p>No e-mail. Your device is the key.</p>
      <p>It only reads. Health data is fetched when your assistant asks, and is never stored.</p>
    </>,
  ),
);

publicRoutes.get("/help", (c) =>
  page(
    c,
    { title: "Help" },
    <>
      <h1>Help</h1>
      <h2>Set-up</h2>
      <ol>
        <li>Press Create account, then Create a passkey.</li>
        <li>Press Register under Toolkits, then Register again to confirm.</li>
        <li>Press Connect and choose on Ōura's page what it may share.</li>
        <li>
          Add <code>{c.get("origin")}/mcp</code> to your assistant and press Allow when it asks.
        </li>
      </ol>
      <h2>Permissions</h2>
      <ul>
        {scopes.map(({ label, unlocks }) => (
          <li>
            {label}: {unlocks}
          </li>
        ))}
      </ul>
      <h2>What an assistant can ask</h2>
      <ul>
        {tools.map((tool) => (
          <li>
            {tool.title} (<code>{tool.name}</code>)
          </li>
        ))}
      </ul>
    </>,
  ),
);

publicRoutes.get("/privacy", (c) => {
  const { operatorName, operatorContact } = c.get("site");
  return page(
    c,
    { title: "Privacy" },
    <>
      <h1>Privacy</h1>
      <p>
        Operated by {operatorName ?? "an operator who has not given a name"}
        {operatorContact ? `, reachable at ${operatorContact}` : ""}.
      </p>
      <h2>What is kept</h2>
      <ul>
        <li>Public keys of your passkeys and a hash of your account key. No name, no e-mail address.</li>
        <li>Ōura's access and refresh tokens, encrypted for your account alone, until you disconnect or delete.</li>
        <li>
          Which assistants you allowed, what they may read, and their last 100 calls of 30 days without any values.
        </li>
        <li>Your last seen UTC offset, so that today means your today.</li>
        <li>A keyed hash of your Ōura user id, so that one Ōura account belongs to one account here.</li>
      </ul>
      <h2>What is not kept</h2>
      <p>
        Health data. It is read from Ōura when an assistant you allowed asks, held in memory for at most a minute, and
        passed to that assistant, whose maker then handles it under its own terms. It is never stored or logged here.
      </p>
      <p>An account unused for 180 days loses its tokens and its place. Delete account removes everything at once.</p>
    </>,
  );
});

publicRoutes.get("/terms", (c) =>
  page(
    c,
    { title: "Terms" },
    <>
      <h1>Terms</h1>
      <p>
        {c.get("site").serviceName} is not affiliated with Ōura. It passes on what Ōura's API says and computes plain
        statistics; it is not a medical device and gives no diagnosis and no medical advice. It comes without warranty,
        as the MIT licence says. The operator may end the service or an account's place.
      </p>
    </>,
  ),
);

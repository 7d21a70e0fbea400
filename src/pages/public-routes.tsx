import { Hono } from "hono";
import { serverVersion } from "../agent/mcp-server.ts";
import type { AppEnv } from "../web/app.ts";
import copyScript from "../web/assets/copy.client.js";
import dialogScript from "../web/assets/dialog.client.js";
import icon from "../web/assets/icon.svg";
import passkeyScript from "../web/assets/passkey.client.js";
import previewScript from "../web/assets/preview.client.js";
import stylesheet from "../web/assets/style.css";
import { page } from "../web/respond.tsx";
import { HelpPage } from "./help-page.tsx";
import { LandingPage } from "./landing-page.tsx";

/** Pages anybody may read, and that serve before a single secret is set. */
export const publicRoutes = new Hono<AppEnv>();

const assets: Readonly<Record<string, { type: string; text: string }>> = {
  "style.css": { type: "text/css; charset=utf-8", text: stylesheet },
  "passkey.js": { type: "text/javascript; charset=utf-8", text: passkeyScript },
  "icon.svg": { type: "image/svg+xml", text: icon },
  "preview.js": { type: "text/javascript; charset=utf-8", text: previewScript },
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

publicRoutes.get("/favicon.ico", (c) => c.redirect("/assets/icon.svg", 301));

publicRoutes.get("/", (c) => page(c, { title: "Ask your assistant about your Ōura Ring" }, <LandingPage />));

publicRoutes.get("/help", (c) => page(c, { title: "Help" }, <HelpPage mcpUrl={`${c.get("origin")}/mcp`} />));

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
        <li>
          Browsers signed in to your account: a name such as Chrome on macOS and when it was last seen, for 30 days.
        </li>
        <li>
          Your place in the queue, and what assistants hold as access: hashed tokens and the permissions you gave.
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

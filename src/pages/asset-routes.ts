import { Hono } from "hono";
import type { AppEnv } from "../web/app.ts";
import copyScript from "../web/assets/copy.client.js";
import dialogScript from "../web/assets/dialog.client.js";
import iconBytes from "../web/assets/icon.png";
import icon from "../web/assets/icon.svg";
import passkeyScript from "../web/assets/passkey.client.js";
import previewScript from "../web/assets/preview.client.js";
import base from "../web/assets/style/base.css";
import cards from "../web/assets/style/cards.css";
import controls from "../web/assets/style/controls.css";
import lists from "../web/assets/style/lists.css";
import neighbours from "../web/assets/style/neighbours.css";
import panel from "../web/assets/style/panel.css";
import screens from "../web/assets/style/screens.css";
import start from "../web/assets/style/start.css";
import walk from "../web/assets/style/walk.css";
import submitOnceScript from "../web/assets/submit-once.client.js";

export const assetRoutes = new Hono<AppEnv>();

/** When two rules have the same specificity, the later one wins, so the order of the parts matters. */
const stylesheet = [base, controls, cards, lists, panel, walk, start, neighbours, screens].join("\n");

const script = "text/javascript; charset=utf-8";

const assets: Readonly<Record<string, { type: string; content: string | ArrayBuffer }>> = {
  "style.css": { type: "text/css; charset=utf-8", content: stylesheet },
  "icon.svg": { type: "image/svg+xml", content: icon },
  "icon.png": { type: "image/png", content: iconBytes },
  "copy.js": { type: script, content: copyScript },
  "dialog.js": { type: script, content: dialogScript },
  "passkey.js": { type: script, content: passkeyScript },
  "preview.js": { type: script, content: previewScript },
  "submit-once.js": { type: script, content: submitOnceScript },
};

assetRoutes.get("/assets/:name", (c) => {
  const name = c.req.param("name");
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (!asset) return c.notFound();
  return c.body(asset.content, 200, { "content-type": asset.type, "cache-control": "public, max-age=300" });
});

/** Some programs request /favicon.ico without reading a page first. */
assetRoutes.get("/favicon.ico", (c) => c.redirect("/assets/icon.png", 301));

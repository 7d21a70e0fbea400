import { Hono } from "hono";
import { serverVersion } from "../mcp/server-version.ts";
import type { AppEnv } from "../web/app.ts";
import { isOpenedAsPage, mcpPath } from "../web/mcp-address.ts";
import { page } from "../web/respond.tsx";
import { assetRoutes } from "./asset-routes.ts";
import { discoveryRoutes } from "./discovery-routes.ts";
import { EndpointPage } from "./endpoint-page.tsx";
import { HelpPage } from "./help/help-page.tsx";
import { LandingPage } from "./landing-page.tsx";
import { PrivacyPage } from "./privacy-page.tsx";
import { TermsPage } from "./terms-page.tsx";

/** These pages also work before the operator has set any secret. */
export const publicRoutes = new Hono<AppEnv>();

publicRoutes.route("/", assetRoutes);
publicRoutes.route("/", discoveryRoutes);

publicRoutes.get("/health", (c) => {
  const configured = c.get("config") !== undefined;
  return c.json({ status: "ok", configured, malformed: c.get("site").malformed, version: serverVersion });
});

/** Paths that search engines must not visit, because they are only for signed-in people, assistants and Oura. */
const notForRobots = [
  "/panel",
  "/authorize",
  "/oauth/",
  "/oura/",
  "/mcp",
  "/register",
  "/disconnect",
  "/delete-account",
];

publicRoutes.get("/robots.txt", (c) =>
  c.text(["User-agent: *", ...notForRobots.map((path) => `Disallow: ${path}`), ""].join("\n")),
);

publicRoutes.get("/", (c) =>
  page(
    c,
    { title: "Ask your assistant about your Ōura Ring", shape: "full" },
    <LandingPage sourceUrl={c.get("site").sourceUrl} />,
  ),
);

publicRoutes.get("/help", (c) =>
  page(c, { title: "Help", shape: "full" }, <HelpPage mcpUrl={`${c.get("origin")}/mcp`} />),
);

/** What a browser shows at the address of the MCP endpoint. MCP requests from assistants do not reach these routes. */
publicRoutes.get(mcpPath, (c, next) => {
  if (!isOpenedAsPage(c.req.raw)) return next();
  const mcpUrl = `${c.get("origin")}${mcpPath}`;
  return page(
    c,
    { title: "Connect an assistant", shape: "text", scripts: ["copy"] },
    <EndpointPage mcpUrl={mcpUrl} serviceName={c.get("site").serviceName} />,
  );
});

publicRoutes.get("/privacy", (c) => page(c, { title: "Privacy", shape: "text" }, <PrivacyPage site={c.get("site")} />));

publicRoutes.get("/terms", (c) => page(c, { title: "Terms", shape: "text" }, <TermsPage site={c.get("site")} />));

import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { accountRoutes, passkeyFailure } from "./auth/account-routes.tsx";
import { authorizationErrorAnswer, authorizeRoutes, confirmAddress } from "./auth/authorize-routes.tsx";
import { confirmRoutes } from "./auth/confirm-routes.tsx";
import { connectRoutes } from "./auth/connect-routes.tsx";
import type { Settings } from "./config.ts";
import { AppError } from "./errors.ts";
import { logFailure } from "./outcome.ts";
import { operatorRoutes } from "./pages/operator-routes.ts";
import { accessTokenRoutes } from "./pages/panel/access-token-routes.tsx";
import { panelRoutes } from "./pages/panel/panel-routes.tsx";
import { previewRoutes, viewPath } from "./pages/panel/preview-routes.tsx";
import { publicRoutes } from "./pages/public-routes.tsx";
import type { AppContext, AppEnv } from "./web/app.ts";
import { Choices, Decision } from "./web/decision.tsx";
import { failurePage } from "./web/failure-page.tsx";
import { limitPages } from "./web/limits.ts";
import { page } from "./web/respond.tsx";
import { requireSameOrigin } from "./web/same-origin.ts";

/** All pages. Without settings only the public pages work; the others list the missing settings. */
export function createRouter(settings: Settings, origin: string): Hono<AppEnv> {
  const router = new Hono<AppEnv>();
  const secure = origin.startsWith("https:");
  const guard = (xFrameOptions: "DENY" | "SAMEORIGIN") =>
    secureHeaders({
      strictTransportSecurity: secure ? "max-age=31536000; includeSubDomains" : false,
      referrerPolicy: "no-referrer",
      xFrameOptions,
    });
  const [unframed, framedByUs] = [guard("DENY"), guard("SAMEORIGIN")];
  router.use((c, next) => (c.req.path === viewPath ? framedByUs(c, next) : unframed(c, next)));
  router.use(async (c, next) => {
    c.set("site", settings.site);
    c.set("origin", origin);
    if (settings.kind === "ready") c.set("config", settings.config);
    await next();
  });
  router.route("/", publicRoutes);
  if (settings.kind === "incomplete") {
    router.all("*", (c) => unconfiguredAnswer(c, settings.missing));
    return router;
  }
  router.use(requireSameOrigin(origin));
  router.use(limitPages);
  router.route("/", accountRoutes);
  router.route("/", confirmRoutes);
  router.route("/", authorizeRoutes);
  router.route("/", connectRoutes);
  router.route("/", panelRoutes);
  router.route("/", accessTokenRoutes);
  router.route("/", previewRoutes);
  router.route("/", operatorRoutes);
  router.notFound((c) =>
    page(
      c,
      { title: "Not found", status: 404 },
      <Decision icon="ring" heading="There is no such page">
        <p>The address may be mistyped, or the page it named is gone.</p>
        <Choices>
          <a class="button" href="/">
            Go to the start
          </a>
          <a class="button plain" href="/help">
            Help
          </a>
        </Choices>
      </Decision>,
    ),
  );
  router.onError((error, c) => {
    const answer = authorizationErrorAnswer(c, error);
    if (answer) return answer;
    if (error instanceof HTTPException) return foreignForm(c);
    const failure = logFailure(error);
    if (c.req.header("accept") === "application/json") return passkeyFailure(c, new AppError(failure));
    if (failure.kind === "proof_needed") return c.redirect(confirmAddress(c), 303);
    return failurePage(c, failure);
  });
  return router;
}

/** Answers a form that another site submitted. */
function foreignForm(c: AppContext) {
  return page(
    c,
    { title: "Not accepted", status: 403 },
    <Decision icon="shield" heading="Not accepted">
      <p>This form was sent from another site, so it was not accepted. Nothing has changed.</p>
      <Choices>
        <a class="button" href="/panel">
          Go to your MCP server
        </a>
      </Choices>
    </Decision>,
  );
}

/** Answers with a page for browsers, and with plain text for programs. */
async function unconfiguredAnswer(c: AppContext, missing: readonly string[]): Promise<Response> {
  if (!c.req.header("accept")?.includes("text/html")) return c.text(unconfigured(missing), 503);
  return page(
    c,
    { title: "Not set up yet", status: 503 },
    <Decision icon="sliders" heading="Not set up yet">
      <p>The operator has not finished setting up this server. Missing or malformed settings:</p>
      <ul class="bullets">
        {missing.map((name) => (
          <li>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      <p class="quiet small">
        If you are the operator, set them in <code>.dev.vars</code> on your computer, or with{" "}
        <code>wrangler secret put</code>; <code>.dev.vars.example</code> names every setting. <code>npm start</code>{" "}
        needs none of them.
      </p>
      <Choices>
        <a class="button" href="/">
          Go to the start
        </a>
      </Choices>
    </Decision>,
  );
}

/** Lists the names of the settings, never their values. */
function unconfigured(missing: readonly string[]): string {
  return (
    `This server is not set up yet. Missing or malformed settings: ${missing.join(", ")}. ` +
    "Set them in .dev.vars (locally) or with `wrangler secret put`; .dev.vars.example names every setting. " +
    "`npm start` runs against a built-in simulator and needs none."
  );
}

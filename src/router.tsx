import { Hono } from "hono";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { logFailure } from "./agent/outcome.ts";
import { accountRoutes, passkeyFailure } from "./auth/account-routes.tsx";
import { authorizationErrorAnswer, authorizeRoutes } from "./auth/authorize-routes.tsx";
import { connectRoutes } from "./auth/connect-routes.tsx";
import type { Settings } from "./config.ts";
import { AppError } from "./errors.ts";
import { operatorRoutes } from "./pages/operator-routes.ts";
import { panelRoutes } from "./pages/panel/panel-routes.tsx";
import { previewRoutes, viewPath } from "./pages/panel/preview-routes.tsx";
import { publicRoutes } from "./pages/public-routes.tsx";
import type { AppEnv } from "./web/app.ts";
import { failurePage, page } from "./web/respond.tsx";

/** Every page. Without settings only the public ones: the others say what is missing. */
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
    router.all("*", (c) => c.text(unconfigured(settings.missing), 503));
    return router;
  }
  router.use(csrf({ origin }));
  router.route("/", accountRoutes);
  router.route("/", authorizeRoutes);
  router.route("/", connectRoutes);
  router.route("/", panelRoutes);
  router.route("/", previewRoutes);
  router.route("/", operatorRoutes);
  router.notFound((c) =>
    page(
      c,
      { title: "Not found", status: 404 },
      <>
        <h1>There is no such page</h1>
        <a class="button" href="/">
          Go to the start
        </a>
      </>,
    ),
  );
  router.onError((error, c) => {
    const answer = authorizationErrorAnswer(c, error);
    if (answer) return answer;
    if (error instanceof HTTPException)
      return c.text("This form was sent from another site, so it was not accepted.", 403);
    const failure = logFailure(error);
    if (c.req.header("accept") === "application/json") return passkeyFailure(c, new AppError(failure));
    const signIn = failure.kind === "not_signed_in" || failure.kind === "ceremony_failed";
    return failurePage(c, failure, signIn ? { href: "/sign-in", label: "Sign in" } : undefined);
  });
  return router;
}

/** Names the settings, never their values. */
export function unconfigured(missing: readonly string[]): string {
  return (
    `This server is not set up yet. Missing or malformed settings: ${missing.join(", ")}. ` +
    "Set them in .dev.vars (locally) or with `wrangler secret put`; .dev.vars.example names every setting. " +
    "`npm start` runs against a built-in simulator and needs none."
  );
}

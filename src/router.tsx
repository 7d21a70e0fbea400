import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { accountRoutes } from "./auth/account-routes.tsx";
import { answerPageError } from "./auth/answer-page-error.ts";
import { authorizeRoutes } from "./auth/authorize-routes.tsx";
import { confirmRoutes } from "./auth/confirm-routes.tsx";
import { connectRoutes } from "./auth/connect-routes.tsx";
import type { Settings } from "./config.ts";
import { operatorRoutes } from "./pages/operator-routes.ts";
import { accessTokenRoutes } from "./pages/panel/access-token-routes.tsx";
import { panelRoutes } from "./pages/panel/panel-routes.tsx";
import { previewRoutes, viewPath } from "./pages/panel/preview-routes.tsx";
import { publicRoutes } from "./pages/public-routes.tsx";
import { notFoundPage, unconfiguredAnswer } from "./pages/refusal-pages.tsx";
import type { AppEnv } from "./web/app.ts";
import { limitPages } from "./web/limits.ts";
import { requireSameOrigin } from "./web/same-origin.ts";

/**
 * When required settings are missing, only the public pages work, and every other address lists the missing settings.
 */
export function createRouter(settings: Settings, origin: string): Hono<AppEnv> {
  const router = new Hono<AppEnv>();
  // Set before anything else, so that it also answers the errors of the public pages while settings are missing.
  router.onError((error, c) => answerPageError(c, error));
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
  router.notFound(notFoundPage);
  return router;
}

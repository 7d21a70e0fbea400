import type { AppContext } from "../web/app.ts";
import { Choices, Decision } from "../web/decision.tsx";
import { page } from "../web/respond.tsx";

export function notFoundPage(c: AppContext) {
  return page(
    c,
    { title: "Not found", status: 404 },
    <Decision icon="ring" heading="There is no such page">
      <p>The address may contain a typing mistake, or the page no longer exists.</p>
      <Choices>
        <a class="button" href="/">
          Go to the start page
        </a>
        <a class="button plain" href="/help">
          Help
        </a>
      </Choices>
    </Decision>,
  );
}

/** The answer while required settings are missing. Browsers get a page, and programs get plain text. */
export async function unconfiguredAnswer(c: AppContext, missing: readonly string[]): Promise<Response> {
  if (!c.req.header("accept")?.includes("text/html")) return c.text(unconfigured(missing), 503);
  return page(
    c,
    { title: "Not set up yet", status: 503 },
    <Decision icon="sliders" heading="Not set up yet">
      <p>The operator has not finished setting up this service. The following settings are missing or malformed:</p>
      <ul class="bullets">
        {missing.map((name) => (
          <li>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      <p class="quiet small">
        If you are the operator and run this service on your computer, set these settings in the file{" "}
        <code>.dev.vars</code>. If it runs at Cloudflare, set them with <code>wrangler secret put</code>. The file{" "}
        <code>.dev.vars.example</code> names every setting. To try this service with simulated Ōura data and without
        settings, run <code>npm start</code>.
      </p>
      <Choices>
        <a class="button" href="/">
          Go to the start page
        </a>
      </Choices>
    </Decision>,
  );
}

function unconfigured(missing: readonly string[]): string {
  return (
    `This service is not set up yet. Missing or malformed settings: ${missing.join(", ")}. ` +
    "Set them in .dev.vars (locally) or with `wrangler secret put`; .dev.vars.example names every setting. " +
    "`npm start` runs against a built-in simulator and needs none."
  );
}

import type { AppContext } from "../web/app.ts";
import { BackToPanel, Decision } from "../web/decision.tsx";
import { page } from "../web/respond.tsx";

export function foreignFormPage(c: AppContext) {
  return page(
    c,
    { title: "Not accepted", status: 403 },
    <Decision icon="shield" heading="This form was not accepted">
      <p>This form was sent from a page of another website, so this service did not accept it. Nothing has changed.</p>
      <BackToPanel />
    </Decision>,
  );
}

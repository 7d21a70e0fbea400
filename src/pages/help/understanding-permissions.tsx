import { scopes } from "../../oura/scopes.ts";
import { exampleQuestions } from "../example-questions.ts";

export function UnderstandingPermissions() {
  return (
    <>
      <p>
        You make two decisions. On Ōura's page you choose what Ōura shares with this service. On a page of this service
        you choose what each assistant may read. An assistant gets only the data that you allowed in both decisions.
      </p>
      <dl class="terms">
        {scopes.map(({ name, label, unlocks }) => (
          <>
            <dt>{label}</dt>
            <dd>
              {unlocks}
              <p class="quiet small">“{exampleQuestions[name]}”</p>
            </dd>
          </>
        ))}
      </dl>
      <p class="quiet small">
        The permission Daily Summaries includes your heart rate and heart rate variability (HRV) during the night. The
        permission Stress works only if you tick Daily Summaries too. This service asks Ōura for Personal Info (age,
        height, weight and biological sex) only if you tick Personal Info on a page of this service first.
      </p>
    </>
  );
}

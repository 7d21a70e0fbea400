import { scopes } from "../../oura/scopes.ts";
import { exampleQuestions } from "../example-questions.ts";

export function UnderstandingPermissions() {
  return (
    <>
      <p>
        You make two decisions. At Ōura you choose what Ōura shares with this service. Here you choose what each
        assistant may read. An assistant gets only the data that you allowed in both places.
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
        Daily Summaries includes your heart rate and heart rate variability (HRV) during the night. Stress works only
        together with Daily Summaries. This service asks for Personal Info only if you tick it.
      </p>
    </>
  );
}

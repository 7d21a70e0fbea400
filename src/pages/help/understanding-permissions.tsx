import { scopes } from "../../oura/scopes.ts";
import { exampleQuestions } from "../example-questions.ts";

export function UnderstandingPermissions() {
  return (
    <>
      <p>
        Two decisions: what Ōura shares with this service, and what each assistant may read of that. An assistant gets
        only what both allow.
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
        Heart rate and HRV of the night belong to Daily Summaries. Stress needs Daily Summaries as well. Personal Info
        is asked for only if you tick it.
      </p>
    </>
  );
}

import { buttonWords } from "../web/button-words.ts";
import { Choices, Decision } from "../web/decision.tsx";

export interface RetryProblem {
  heading: string;
  words: string;
}

export const nothingShared: RetryProblem = {
  heading: "Nothing was shared",
  words:
    "No permission was left ticked on Ōura's page, so this service could read nothing. Your ring is not connected.",
};

/**
 * The page after connecting Oura has failed while an assistant waits. The person can try again, or return to the
 * assistant without giving it access.
 * @param again the address of Oura's permission page
 * @param back the assistant's redirect address. Its query tells the assistant that the person refused
 */
export function RetryAtOuraPage({ problem, again, back }: { problem: RetryProblem; again: string; back: string }) {
  return (
    <Decision icon="ring" heading={problem.heading}>
      <p>{problem.words}</p>
      <Choices>
        <a class="button" href={again}>
          {buttonWords.chooseAgain}
        </a>
        <a class="button plain" href={back}>
          {buttonWords.backToAssistant}
        </a>
      </Choices>
    </Decision>
  );
}

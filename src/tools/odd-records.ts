import { type OuraRouteName, pathOf } from "../oura/routes.ts";
import type { MissingEntry } from "./missing.ts";

/** Says in a tool's answer that records came in a form nobody foresaw, whatever the tool made of the others. */
export function withOddRecords<Answer extends object>(answer: Answer, odd: ReadonlyMap<OuraRouteName, number>): Answer {
  if (odd.size === 0 || !("missing" in answer) || !Array.isArray(answer.missing)) return answer;
  const said = [...odd].map(([name, count]) => `${count} of ${pathOf(name)}`);
  const entry: MissingEntry = {
    what: "records",
    reason: "unavailable",
    detail: `Ōura sent records that could not be read, or not wholly: ${said.join(", ")}. Figures may rest on fewer days.`,
  };
  return { ...answer, missing: [...answer.missing, entry] };
}

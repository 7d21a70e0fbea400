import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { ConnectedPerson, ToolAnswer } from "./connect-person.ts";
import { failureKindOf } from "./failure-words.ts";
import type { SimulatorControl } from "./simulator-control.ts";

/** Outcome of a refresh under one fault, while two assistants call tools. */
export interface RefreshOutcome {
  trouble: string;
  calls: number;
  /** Calls that did not return the right answer or the right error within 30 s. */
  wrong: number;
  refreshes: number;
  /** State after the fault: the connection was kept, restored by Reconnect, or lost. */
  afterwards: "kept" | "reconnected" | "lost";
  /** Whether this state follows from Oura's single-use refresh tokens. */
  isRight: boolean;
}

interface Trouble {
  name: string;
  fault: object;
  rotates: boolean;
}

const troubles: readonly Trouble[] = [
  { name: "503", fault: { kind: "server_error", status: 503, times: 1 }, rotates: false },
  { name: "429", fault: { kind: "rate_limited", times: 1 }, rotates: false },
  { name: "the app's secret refused", fault: { kind: "refused_app", times: 1 }, rotates: false },
  { name: "a page instead of tokens", fault: { kind: "html", times: 1 }, rotates: false },
  { name: "reset before the answer", fault: { kind: "reset", when: "before", times: 1 }, rotates: false },
  { name: "no answer for 25 s, then 504", fault: { kind: "timeout", ms: 25_000, times: 1 }, rotates: false },
  { name: "the tokens after 20 s", fault: { kind: "latency", ms: 20_000, times: 1 }, rotates: false },
  { name: "504 after Oura rotated", fault: { kind: "lost_answer", times: 1 }, rotates: true },
  { name: "cut off after Oura rotated", fault: { kind: "malformed", times: 1 }, rotates: true },
  { name: "reset after Oura rotated", fault: { kind: "reset", when: "midway", times: 1 }, rotates: true },
  { name: "stalls for 25 s after Oura rotated", fault: { kind: "stalled", ms: 25_000, times: 1 }, rotates: true },
  { name: "garbage after Oura rotated", fault: { kind: "wrong_body", body: "{]", times: 1 }, rotates: true },
  { name: "invalid_grant", fault: { kind: "revoked_grant", times: 1 }, rotates: true },
];

const question = { tool: "oura_get_daily_summary", input: {} };
const longestMilliseconds = 30_000;
const retryMilliseconds = 31_000;

/**
 * Two assistants ask `calls` times in parallel with a token that Oura has just expired. No other refresh may run at the
 * same time.
 */
export async function askAllAtExpiry(
  person: ConnectedPerson,
  control: SimulatorControl,
  calls: number,
): Promise<RefreshOutcome> {
  const reference = await person.call(question);
  await control.expireTokens(person.person);
  await control.clearLog();
  const answers = await Promise.all(Array.from({ length: calls }, (_, index) => person.call(question, index % 2)));
  const wrong = answers.filter((answer) => !isSame(answer, reference)).length;
  const { ok: refreshes = 0, ...others } = (await control.readLog()).token_endpoint.refresh_token ?? {};
  const isRight = wrong === 0 && refreshes === 1 && Object.keys(others).length === 0;
  return { trouble: `none, ${calls} calls in parallel`, calls, wrong, refreshes, afterwards: "kept", isRight };
}

/** Tests every fault of a refresh, each with one of the people, several people in parallel. */
export async function refreshUnderFaults(
  people: readonly ConnectedPerson[],
  control: SimulatorControl,
  origin: string,
): Promise<RefreshOutcome[]> {
  const waiting = [...troubles];
  const outcomes: RefreshOutcome[] = [];
  await Promise.all(
    people.map(async (person) => {
      for (let trouble = waiting.shift(); trouble; trouble = waiting.shift())
        outcomes.push(await refreshWith(trouble, person, control, origin));
    }),
  );
  return outcomes;
}

async function refreshWith(
  { name, fault, rotates }: Trouble,
  person: ConnectedPerson,
  control: SimulatorControl,
  origin: string,
): Promise<RefreshOutcome> {
  const reference = await person.call(question);
  await control.expireTokens(person.person);
  await control.setFaults(person.person, [{ ...fault, route: "token" }]);
  if (name === "invalid_grant") await control.setFaults(person.person, [{ ...fault, route: "*" }]);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => person.call(question, index % 2)));
  const wrong = answers.filter((answer) => !isSame(answer, reference) && !isTold(answer, origin)).length;
  await control.setFaults(person.person, []);
  await delay(retryMilliseconds);
  const next = await person.call(question);
  const afterwards = isSame(next, reference) ? "kept" : await mend(person, next, reference, origin);
  const isRight = wrong === 0 && afterwards === (rotates ? "reconnected" : "kept");
  return { trouble: name, calls: answers.length, wrong, refreshes: rotates ? 1 : 0, afterwards, isRight };
}

async function mend(
  person: ConnectedPerson,
  answer: ToolAnswer,
  reference: ToolAnswer,
  origin: string,
): Promise<"reconnected" | "lost"> {
  if (answer.kind !== "error" || failureKindOf(answer.text, origin) !== "needs_reconnect") return "lost";
  if (!(await person.panel()).includes("Reconnect needed")) return "lost";
  await person.reconnect();
  return isSame(await person.call(question), reference) ? "reconnected" : "lost";
}

function isSame(answer: ToolAnswer, reference: ToolAnswer): boolean {
  if (answer.kind !== "answer" || reference.kind !== "answer") return false;
  return answer.milliseconds < longestMilliseconds && isDeepStrictEqual(answer.content, reference.content);
}

function isTold(answer: ToolAnswer, origin: string): boolean {
  if (answer.kind !== "error" || answer.milliseconds > longestMilliseconds) return false;
  return ["refresh_uncertain", "oura_app_refused", "oura_timeout", "needs_reconnect"].includes(
    failureKindOf(answer.text, origin) ?? "",
  );
}

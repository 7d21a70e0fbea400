import type { RunClock } from "../../sandbox/clock/start-clock.ts";
import type { ConnectedPerson } from "./connect-person.ts";
import type { FaultQuestion } from "./questions.ts";
import type { SimulatorControl } from "./simulator-control.ts";

/** What somebody's answers are without a fault, and which routes each rests on. */
export interface Known {
  reference(question: FaultQuestion): Promise<Record<string, unknown>>;
  routesOf(question: FaultQuestion): readonly string[];
}

/** Offsets from UTC are whole half hours, so nobody's today changes within one. */
export const halfHour = 1_800_000;

/** Asks every question once, one after another: what Oura was asked for meanwhile belongs to that question alone. */
export async function learn(
  person: ConnectedPerson,
  questions: readonly FaultQuestion[],
  control: SimulatorControl,
  clock: RunClock,
): Promise<Known> {
  const held = new Map<string, Promise<Record<string, unknown>>>();
  const routes = new Map<string, readonly string[]>();
  async function ask(question: FaultQuestion): Promise<Record<string, unknown>> {
    const answer = await person.call(question);
    if (answer.kind !== "answer")
      throw new Error(`${person.person}, ${question.name} ${JSON.stringify(question.input)}: ${answer.text}`);
    return answer.content;
  }
  function reference(question: FaultQuestion): Promise<Record<string, unknown>> {
    const key = `${question.name} ${Math.floor(clock.now() / halfHour)}`;
    const answer = held.get(key) ?? ask(question);
    held.set(key, answer);
    return answer;
  }
  for (const question of questions) {
    const began = clock.now();
    await reference(question);
    const { recent } = await control.readLog();
    const own = recent.filter(
      ({ at, person: whose, route }) => at >= began && whose === person.person && route !== "token",
    );
    routes.set(question.name, [...new Set(own.map(({ route }) => route))]);
  }
  return { reference, routesOf: ({ name }) => routes.get(name) ?? [] };
}

import type { RunClock } from "../../sandbox/clock/start-clock.ts";
import type { ConnectedPerson } from "./connect-person.ts";
import type { FaultQuestion } from "./questions.ts";
import type { SimulatorControl } from "./simulator-control.ts";

/** A person's answers without a fault, and the routes each answer reads. */
export interface Known {
  reference(question: FaultQuestion): Promise<Record<string, unknown>>;
  routesOf(question: FaultQuestion): readonly string[];
}

/** Offsets from UTC here are multiples of half an hour, so no person's today changes within one. */
export const halfHour = 1_800_000;

/** Asks the questions one after another, so that each request to Oura belongs to the current question. */
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

import { isDeepStrictEqual } from "node:util";
import { randomFor } from "../../sandbox/people/random.ts";
import type { ConnectedPerson, ToolAnswer } from "./connect-person.ts";
import { type FaultCase, faultCases } from "./fault-cases.ts";
import { judge } from "./oracle.ts";
import type { FaultQuestion } from "./questions.ts";
import type { SimulatorControl } from "./simulator-control.ts";
import type { Tally } from "./tally.ts";

export interface MatrixOptions {
  origin: string;
  control: SimulatorControl;
  questions: readonly FaultQuestion[];
  tally: Tally;
  seed: number;
  /** How many single routes fail in turn under each fault, beside all at once. */
  routesPerCase: number;
  /** At most so many questions under each fault and route. */
  questionsPerCase: number;
  slowCases: boolean;
  /** No further case is begun after this (`performance.now()`). */
  until: number;
}

/** What somebody's answers are without a fault, and which routes each rests on. */
interface Known {
  reference(question: FaultQuestion): Promise<Record<string, unknown>>;
  routes: ReadonlyMap<string, readonly string[]>;
}

/** Offsets from UTC are whole half hours, so nobody's today changes within one. */
const halfHour = 1_800_000;

/**
 * Asks one person's questions under their share of the faults, all at the same time, and after each fault once more
 * without it: the answer has to be the right one at once, with nothing to reconnect.
 */
export async function askUnderFaults(
  person: ConnectedPerson,
  cases: readonly FaultCase[],
  options: MatrixOptions,
): Promise<void> {
  const { control, seed, tally } = options;
  const known = await learn(person, options);
  const order = shuffle(cases, randomFor("order", seed, person.person).uniform);
  for (const faultCase of order) {
    if (faultCase.slow && !options.slowCases) continue;
    if (performance.now() > options.until) {
      tally.skip();
      continue;
    }
    const random = randomFor("faults", seed, person.person, faultCase.name);
    const routes = shuffle([...new Set([...known.routes.values()].flat())], random.uniform);
    for (const route of ["*", ...routes.slice(0, faultCase.slow ? 0 : options.routesPerCase)]) {
      const reading = options.questions.filter(
        ({ name }) => known.routes.get(name)?.some((read) => route === "*" || read === route) ?? false,
      );
      const asked = shuffle(reading, random.uniform).slice(0, options.questionsPerCase);
      await askBatch(person, { faultCase, route, batch: asked }, known, options);
      await askWithoutFault(person, { faultCase, route, batch: asked }, known, options);
    }
    tally.progress(person.person, faultCase.name);
  }
  await control.setFaults(person.person, []);
}

/** The same questions while Oura's clock is ahead of ours or behind it: nothing may change. */
export async function askUnderSkew(
  people: readonly ConnectedPerson[],
  options: MatrixOptions,
  skews: readonly { name: string; milliseconds: number }[],
): Promise<void> {
  const { control, tally, origin } = options;
  const known = new Map<ConnectedPerson, Known>();
  for (const person of people) known.set(person, await learn(person, options));
  for (const { name, milliseconds } of skews) {
    const faultCase: FaultCase = { name: `Oura's clock ${name}`, group: "clock skew", faults: [], failures: [] };
    await control.shiftClock(milliseconds);
    await Promise.all(
      Array.from(known, async ([person, { reference }]) => {
        for (const question of options.questions) {
          const expected = await reference(question);
          const answer = await person.call(question);
          const verdict = judge({ question, faultCase, route: "*", origin, reference: expected }, answer);
          tally.count(faultCase, question, verdict, answer.milliseconds, person.person);
        }
      }),
    );
  }
  await control.shiftClock(0);
}

interface Batch {
  faultCase: FaultCase;
  route: string;
  batch: readonly FaultQuestion[];
}

async function askBatch(
  person: ConnectedPerson,
  { faultCase, route, batch }: Batch,
  known: Known,
  options: MatrixOptions,
) {
  const { control, tally, origin } = options;
  const references = new Map<FaultQuestion, Record<string, unknown>>();
  for (const question of batch) references.set(question, await known.reference(question));
  const began = Math.floor(Date.now() / halfHour);
  await control.setFaults(
    person.person,
    faultCase.faults.map((fault) => ({ ...fault, route })),
  );
  await Promise.all(
    batch.map(async (question) => {
      const answer = await person.call(question);
      if (Math.floor(Date.now() / halfHour) !== began) return; // the day may have changed under way
      const reference = references.get(question) ?? {};
      const verdict = judge({ question, faultCase, route, origin, reference }, answer);
      tally.count(faultCase, question, verdict, answer.milliseconds, `${person.person}, ${route}`);
    }),
  );
  await control.setFaults(person.person, []);
}

async function askWithoutFault(
  person: ConnectedPerson,
  { faultCase, route, batch }: Batch,
  known: Known,
  { tally }: MatrixOptions,
) {
  if (faultCase.failures.includes("needs_reconnect")) {
    if (!(await person.panel()).includes("Reconnect needed"))
      tally.countLost(faultCase, `${person.person}, ${route}: the panel does not say that Reconnect is needed`);
    await person.reconnect();
  }
  await Promise.all(
    batch.map(async (question) => {
      const answer = await person.call(question);
      const isBack = answer.kind === "answer" && isDeepStrictEqual(answer.content, await known.reference(question));
      tally.countRecovery();
      if (!isBack) tally.countLost(faultCase, `${person.person}, ${route}, ${question.name}: ${describe(answer)}`);
    }),
  );
}

async function learn(person: ConnectedPerson, { control, questions }: MatrixOptions): Promise<Known> {
  const held = new Map<string, Promise<Record<string, unknown>>>();
  const routes = new Map<string, string[]>();
  async function ask(question: FaultQuestion): Promise<Record<string, unknown>> {
    const answer = await person.call(question);
    if (answer.kind !== "answer") throw new Error(`${person.person}, ${question.name}: ${answer.text}`);
    return answer.content;
  }
  function reference(question: FaultQuestion): Promise<Record<string, unknown>> {
    const key = `${question.name} ${Math.floor(Date.now() / halfHour)}`;
    const answer = held.get(key) ?? ask(question);
    held.set(key, answer);
    return answer;
  }
  for (const question of questions) {
    await reference(question);
    const { recent } = await control.readLog();
    const asked = recent.filter((request) => request.person === person.person).map(({ route }) => route);
    routes.set(
      question.name,
      [...new Set(asked)].filter((route) => route !== "token"),
    );
    await control.clearLog();
  }
  return { reference, routes };
}

function describe(answer: ToolAnswer): string {
  return answer.kind === "answer" ? `another answer: ${String(answer.content.summary)}` : answer.text;
}

function shuffle<T>(items: readonly T[], uniform: () => number): T[] {
  return items
    .map((item) => ({ item, key: uniform() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ item }) => item);
}

/** The cases of the n-th of `people`: all of them in the long run, else each case by one person. */
export function shareOf(position: number, people: number, everybody: boolean): readonly FaultCase[] {
  return everybody ? faultCases : faultCases.filter((_case, index) => index % people === position);
}

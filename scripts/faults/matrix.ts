import { isDeepStrictEqual } from "node:util";
import type { RunClock } from "../../sandbox/clock/start-clock.ts";
import { type Random, randomFor } from "../../sandbox/people/random.ts";
import type { ConnectedPerson, ToolAnswer } from "./connect-person.ts";
import { type FaultCase, faultCases } from "./fault-cases.ts";
import { halfHour, type Known, learn } from "./learn.ts";
import { judge } from "./oracle.ts";
import type { FaultQuestion } from "./questions.ts";
import type { SimulatorControl } from "./simulator-control.ts";
import type { Tally } from "./tally.ts";

export interface MatrixOptions {
  origin: string;
  clock: RunClock;
  control: SimulatorControl;
  questions: readonly FaultQuestion[];
  tally: Tally;
  seed: number;
  /** How many single routes fail in turn under each fault, in addition to all at once; two faults need two. */
  routesPerCase: number;
  /** Whether, in half of the cases, a fault of all routes begins only at a later request of the same answer. */
  startsLater: boolean;
  questionsPerCase: number;
  slowCases: boolean;
  /** No case starts after this time (`performance.now()`). */
  until: number;
}

/**
 * Asks one person's questions in parallel under each of their faults. After each fault, asks again without it: the
 * answer must be right at once, without a reconnect.
 */
export async function askUnderFaults(
  person: ConnectedPerson,
  cases: readonly FaultCase[],
  options: MatrixOptions,
): Promise<void> {
  const { clock, control, seed, tally } = options;
  const known = await learn(person, options.questions, control, clock);
  const order = shuffle(cases, randomFor("order", seed, person.person));
  for (const faultCase of order) {
    if (faultCase.slow && !options.slowCases) continue;
    if (performance.now() > options.until) {
      tally.skip();
      continue;
    }
    const random = randomFor("faults", seed, person.person, faultCase.name);
    const all = shuffle([...new Set(options.questions.flatMap(known.routesOf))], random);
    const places = [["*"]];
    for (let count = 0; count < (faultCase.slow ? 0 : options.routesPerCase); count += 1)
      places.push(all.splice(0, faultCase.faults.length));
    for (const routes of places.filter(({ length }) => length > 0)) {
      const after = options.startsLater && routes[0] === "*" && random.chance(0.5) ? random.integer(1, 8) : 0;
      const reading = options.questions.filter((question) =>
        known.routesOf(question).some((read) => routes.includes("*") || routes.includes(read)),
      );
      const batch = shuffle(reading, random).slice(0, options.questionsPerCase);
      await askBatch(person, { faultCase, routes, after, batch }, known, options);
      await askWithoutFault(person, { faultCase, routes, after, batch }, known, options);
    }
    tally.progress(person.person, faultCase.name);
  }
  await control.setFaults(person.person, []);
}

/** The same questions while Oura's clock is ahead of ours or behind: answers must not change. */
export async function askUnderSkew(
  people: readonly ConnectedPerson[],
  options: MatrixOptions,
  skews: readonly { name: string; milliseconds: number }[],
): Promise<void> {
  const { clock, control, tally, origin } = options;
  const known = new Map<ConnectedPerson, Known>();
  for (const person of people) known.set(person, await learn(person, options.questions, control, clock));
  for (const { name, milliseconds } of skews) {
    const faultCase: FaultCase = { name: `Oura's clock ${name}`, group: "clock skew", faults: [], failures: [] };
    await control.shiftClock(milliseconds);
    await Promise.all(
      Array.from(known, async ([person, { reference, routesOf }]) => {
        for (const question of options.questions) {
          const expected = await reference(question);
          const answer = await person.call(question);
          const verdict = judge(
            { question, faultCase, routes: ["*"], reads: routesOf(question), origin, reference: expected },
            answer,
          );
          tally.count(faultCase, question, verdict, answer.milliseconds, person.person);
        }
      }),
    );
  }
  await control.shiftClock(0);
}

interface Batch {
  faultCase: FaultCase;
  /** "*", or one route for each fault; the last route applies to all remaining faults. */
  routes: readonly string[];
  after: number;
  batch: readonly FaultQuestion[];
}

async function askBatch(
  person: ConnectedPerson,
  { faultCase, routes, after, batch }: Batch,
  known: Known,
  options: MatrixOptions,
) {
  const { clock, control, tally, origin } = options;
  const references = new Map<FaultQuestion, Record<string, unknown>>();
  for (const question of batch) references.set(question, await known.reference(question));
  const began = Math.floor(clock.now() / halfHour);
  await control.setFaults(
    person.person,
    faultCase.faults.map((fault, index) => ({ ...fault, route: routes[index] ?? routes.at(-1), after })),
  );
  await Promise.all(
    batch.map(async (question) => {
      const answer = await person.call(question);
      if (Math.floor(clock.now() / halfHour) !== began) return; // the day may have changed meanwhile
      const reference = references.get(question) ?? {};
      const verdict = judge(
        { question, faultCase, routes, reads: known.routesOf(question), origin, reference },
        answer,
      );
      tally.count(faultCase, question, verdict, answer.milliseconds, `${person.person}, ${where(routes, after)}`);
    }),
  );
  await control.setFaults(person.person, []);
}

async function askWithoutFault(
  person: ConnectedPerson,
  { faultCase, routes, batch }: Batch,
  known: Known,
  { tally }: MatrixOptions,
) {
  if (faultCase.failures.includes("needs_reconnect")) {
    if (!(await person.panel()).includes("Reconnect needed"))
      tally.countLost(
        faultCase,
        `${person.person}, ${routes.join(" and ")}: the panel does not say that Reconnect is needed`,
      );
    await person.reconnect();
  }
  await Promise.all(
    batch.map(async (question) => {
      const answer = await person.call(question);
      const isBack = answer.kind === "answer" && isDeepStrictEqual(answer.content, await known.reference(question));
      tally.countRecovery();
      if (!isBack)
        tally.countLost(faultCase, `${person.person}, ${routes.join(" and ")}, ${question.name}: ${describe(answer)}`);
    }),
  );
}

function where(routes: readonly string[], after: number): string {
  return `${routes.join(" and ")}${after > 0 ? ` after ${after} requests` : ""}`;
}

function describe(answer: ToolAnswer): string {
  return answer.kind === "answer" ? `another answer: ${String(answer.content.summary)}` : answer.text;
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, key: random.uniform() }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ item }) => item);
}

/** The cases of the n-th of `people`: all cases in the long run, otherwise each case for one person only. */
export function shareOf(position: number, people: number, everybody: boolean): readonly FaultCase[] {
  return everybody ? faultCases : faultCases.filter((_case, index) => index % people === position);
}

import { startClock } from "../../sandbox/clock/start-clock.ts";
import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { dayAtOffset, type IsoDay } from "../../src/analytics/day.ts";
import { type ConnectedPerson, connectPerson } from "./connect-person.ts";
import { drawQuestions } from "./draw-questions.ts";
import { askUnderFaults, askUnderSkew, type MatrixOptions, shareOf } from "./matrix.ts";
import { drawFaultPairs } from "./pair-faults.ts";
import { listQuestions } from "./questions.ts";
import { askAllAtExpiry, type RefreshOutcome, refreshUnderFaults } from "./refreshes.ts";
import { createSimulatorControl } from "./simulator-control.ts";
import { startProduct } from "./start-product.ts";
import { createTally, type FaultReport } from "./tally.ts";

export interface FaultRunOptions {
  long: boolean;
  /** Rounds continue until this many calls were made under a fault. The short run has one round. */
  calls: number;
  minutes: number;
  seed: number;
  sample?: FaultSample;
  directory: string;
  say(line: string): void;
}

/** A part of the short run. The seed selects the first fault and the first question. */
export interface FaultSample {
  everyNthFault: number;
  everyNthQuestion: number;
  clockSkews: number;
}

const wholeShortRun: FaultSample = { everyNthFault: 1, everyNthQuestion: 1, clockSkews: 3 };

export interface FaultRun extends FaultReport {
  refreshes: readonly RefreshOutcome[];
  seconds: number;
}

const everybody = ["everyday", "restless_east", "gen2", "restless", "two_rings", "new", "no_ring"];
const minute = 60_000;
const day = 24 * 60 * minute;
/** Minimum age of all records, so that no shift of the clock can hide one. */
const syncedBefore = 60 * minute;
const skews = [
  { name: "half an hour behind", milliseconds: -30 * minute },
  { name: "ten minutes ahead", milliseconds: 10 * minute },
  { name: "two days ahead", milliseconds: 2 * day },
  { name: "forty days ahead", milliseconds: 40 * day },
];

/**
 * Calls every tool under every fault, with several people in parallel, on the running product and simulator. Then tests
 * clocks that disagree, and faults during refreshes. The short run tests each fault with one person and skips slow
 * cases.
 */
export async function runFaults(given: FaultRunOptions): Promise<FaultRun> {
  const { long, calls, minutes, seed, sample = wholeShortRun, directory, say } = given;
  const { everyNthFault, everyNthQuestion, clockSkews } = sample;
  const started = performance.now();
  const clock = startClock();
  const simulator = await serveSimulator({ port: 0, now: clock.now });
  const product = await startProduct({ name: "faults", simulatorPort: simulator.port, directory, clock });
  const tally = createTally(say);
  const refreshes: RefreshOutcome[] = [];
  try {
    const control = createSimulatorControl(simulator.port);
    await control.liftLimits();
    const today = dayAtOffset(clock.now(), 0);
    const people: ConnectedPerson[] = [];
    for (const name of long ? everybody : everybody.slice(0, 3)) {
      await control.syncUntil(name, clock.now() - syncedBefore);
      people.push(await connectPerson(product.origin, name, 2));
    }
    say(`${people.length} people connected after ${Math.round((performance.now() - started) / 1_000)} s`);
    const options: MatrixOptions = {
      origin: product.origin,
      clock,
      control,
      questions: listQuestions(today).filter(
        (_question, index) => index % everyNthQuestion === seed % everyNthQuestion,
      ),
      tally,
      seed,
      routesPerCase: 1,
      startsLater: long,
      questionsPerCase: long ? 7 : 2,
      slowCases: long,
      until: started + minutes * minute,
    };
    for (
      let round = 1;
      round === 1 || (long && tally.faulted() < calls && performance.now() < options.until);
      round += 1
    ) {
      const ofRound = optionsOf(round, options, today);
      await Promise.all(
        people.map((person, position) => {
          const pairs = long ? drawFaultPairs(ofRound.seed, person.person, 30) : [];
          const share = shareOf(position, people.length, long).filter(
            (_case, index) => index % everyNthFault === seed % everyNthFault,
          );
          return askUnderFaults(person, [...share, ...pairs], ofRound);
        }),
      );
      if (long) say(`round ${round} done (seed ${ofRound.seed}): ${tally.faulted()} calls under a fault`);
    }
    const [first, second] = people;
    if (!first || !second) throw new Error("there are not enough people");
    const skewed = long ? people : [second];
    const questions = long ? options.questions : options.questions.filter((_question, index) => index % 3 === 0);
    await askUnderSkew(skewed, { ...options, questions }, long ? skews : skews.slice(0, clockSkews));
    refreshes.push(await askAllAtExpiry(first, control, 200));
    if (long) refreshes.push(...(await refreshUnderFaults(people, control, product.origin)));
  } finally {
    await product.stop();
    simulator.close();
  }
  return { ...tally.report(), refreshes, seconds: Math.round((performance.now() - started) / 1_000) };
}

/**
 * The first round asks the fixed questions under every fault; later rounds draw questions, routes and times at random.
 */
function optionsOf(round: number, options: MatrixOptions, today: IsoDay): MatrixOptions {
  if (round === 1) return options;
  const seed = options.seed * 1_000 + round;
  return { ...options, seed, questions: drawQuestions(today, seed), slowCases: false };
}

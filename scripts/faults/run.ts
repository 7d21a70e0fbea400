import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { addDays, parseIsoDay } from "../../src/analytics/day.ts";
import { connectPerson } from "./connect-person.ts";
import { askUnderFaults, shareOf } from "./matrix.ts";
import { listQuestions } from "./questions.ts";
import { createSimulatorControl } from "./simulator-control.ts";
import { startProduct } from "./start-product.ts";
import { createTally, type FaultReport } from "./tally.ts";

export interface FaultRunOptions {
  long: boolean;
  seed: number;
  directory: string;
  say(line: string): void;
}

const everybody = ["everyday", "far_east", "gen2", "two_rings", "new", "no_ring"];
const hour = 3_600_000;

/** Every fault against every tool, on the product and the simulator as they run, several people at a time. */
export async function runFaults({ long, seed, directory, say }: FaultRunOptions): Promise<FaultReport> {
  const simulator = await serveSimulator({ port: 0 });
  const product = await startProduct({ name: "faults", simulatorPort: simulator.port, directory });
  const tally = createTally(say);
  try {
    const control = createSimulatorControl(simulator.port);
    const today = parseIsoDay(new Date().toISOString().slice(0, 10));
    if (today === null) throw new Error("the clock tells no day");
    const names = long ? everybody : everybody.slice(0, 4);
    const people = [];
    for (const name of names) {
      await control.syncUntil(name, Date.now() - hour);
      people.push(await connectPerson(product.origin, name));
    }
    say(`${people.length} people connected; the runs begin`);
    await Promise.all(
      people.map((person, position) =>
        askUnderFaults(person, shareOf(position, people.length, long), {
          origin: product.origin,
          control,
          questions: listQuestions(addDays(today, 0)),
          tally,
          seed,
          routesPerCase: long ? 3 : 1,
          questionsPerCase: long ? 100 : 6,
          slowCases: long,
        }),
      ),
    );
  } finally {
    await product.stop();
    simulator.close();
  }
  return tally.report();
}

import { setTimeout as delay } from "node:timers/promises";
import { startClock } from "../../sandbox/clock/start-clock.ts";
import { hash } from "../../sandbox/people/random.ts";
import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { type ConnectedPerson, connectPerson, type Question, type ToolAnswer } from "./connect-person.ts";
import { createSimulatorControl } from "./simulator-control.ts";
import { startProduct } from "./start-product.ts";

/**
 * Kills the runtime with SIGKILL at different moments of a refresh. A round expires the access token at Oura, asks a
 * question, and kills: either at a random moment after the question was sent, or a fixed time after Oura rotated the
 * tokens. At that time only Oura's answer, still in transit, contains the valid pair.
 */
export interface KillReport {
  kills: number;
  /** Connections that needed Reconnect afterwards. */
  lost: number;
  /** Lost although Oura had not rotated the tokens: these must not be lost. */
  lostWithoutCause: number;
  /** Lost connections that Reconnect did not restore, or that the panel did not show as lost. */
  notMended: number;
  unanswered: number;
  restartMilliseconds: number[];
  /** Kills during a refresh, by their delay after the rotation. */
  afterRotation: { from: number; to: number; kills: number; lost: number }[];
  seconds: number;
}

export interface KillOptions {
  kills: number;
  seed: number;
  directory: string;
  say(line: string): void;
}

const question: Question = { tool: "oura_get_device", input: {} };
/** Delays (ms) after the rotation, used in every second round. */
const delaysAfterRotation = [0, 0.5, 1, 1.5, 2, 3, 5, 10];
/** In the other rounds, the kill is at a random moment within this time after the question was sent. */
const spanMilliseconds = 60;
/** Bucket edges (ms) for the measured delays; below 0 the request had not reached Oura. */
const edges = [Number.NEGATIVE_INFINITY, 0, 0.5, 1, 1.5, 2, 3, 5, 10, Number.POSITIVE_INFINITY];
const restartPatience = 30_000;

export async function runKills({ kills, seed, directory, say }: KillOptions): Promise<KillReport> {
  const started = performance.now();
  let onRotation: (() => void) | null = null;
  let rotatedAt: number | null = null;
  const clock = startClock();
  const simulator = await serveSimulator({
    port: 0,
    now: clock.now,
    onAnswer(request, response) {
      if (!request.url.endsWith("/oauth-token") || response.status !== 200) return;
      rotatedAt ??= performance.now();
      onRotation?.();
    },
  });
  const control = createSimulatorControl(simulator.port);
  const product = await startProduct({ name: "kills", simulatorPort: simulator.port, directory, clock });
  const report: KillReport = {
    kills: 0,
    lost: 0,
    lostWithoutCause: 0,
    notMended: 0,
    unanswered: 0,
    restartMilliseconds: [],
    afterRotation: edges.slice(1).map((to, index) => ({ from: edges[index] ?? 0, to, kills: 0, lost: 0 })),
    seconds: 0,
  };
  try {
    await control.syncUntil("everyday", clock.now()); // otherwise the battery level would change during the run
    const person = await connectPerson(product.origin, "everyday");
    const wanted = await person.call(question);
    if (wanted.kind !== "answer") throw new Error(`no answer to begin with: ${wanted.text}`);
    const isRight = (answer: ToolAnswer) =>
      answer.kind === "answer" && JSON.stringify(answer.content) === JSON.stringify(wanted.content);

    for (let round = 0; round < kills; round += 1) {
      await control.expireTokens("everyday");
      rotatedAt = null;
      const wait = round % 2 === 0 ? null : (delaysAfterRotation[((round - 1) / 2) % delaysAfterRotation.length] ?? 0);
      const runtime = product.findRuntime(); // found before the refresh, because finding it takes longer than a refresh
      const killed = Promise.withResolvers<number>();
      const kill = () => {
        process.kill(runtime, "SIGKILL");
        killed.resolve(performance.now());
      };
      if (wait !== null) onRotation = () => killAfter(wait, kill);
      const call = person.call(question);
      if (wait === null) {
        await delay((hash(`kill|${seed}|${round}`) / 0x1_0000_0000) * spanMilliseconds);
        kill();
      }
      const isOver = await Promise.race([killed.promise.then(() => false), call.then(() => delay(100, true))]);
      onRotation = null;
      if (isOver) kill(); // the question was answered without a refresh
      const killedAt = await killed.promise;
      await call;
      await delay(20); // wait until requests in transit have reached Oura
      const sinceRotation = rotatedAt === null ? null : killedAt - rotatedAt;
      const bucket = report.afterRotation.find(
        ({ from, to }) => sinceRotation !== null && sinceRotation >= from && sinceRotation < to,
      );

      const answer = await askUntilBack(person);
      report.kills += 1;
      report.restartMilliseconds.push(Math.round(performance.now() - killedAt));
      if (bucket) bucket.kills += 1;
      if (answer.kind === "error" && /press Reconnect/.test(answer.text)) {
        report.lost += 1;
        if (bucket) bucket.lost += 1;
        else report.lostWithoutCause += 1;
        if (!(await isMended(person, isRight))) report.notMended += 1;
      } else if (!isRight(answer)) {
        report.unanswered += 1;
        say(`round ${round}: ${answer.kind} ${answer.kind === "answer" ? "another answer" : answer.text}`);
      }
      if ((round + 1) % 50 === 0)
        say(`${round + 1} of ${kills} kills, ${report.lost} reconnects, ${report.unanswered} unanswered`);
    }
  } finally {
    await product.stop();
    simulator.close();
  }
  report.seconds = Math.round((performance.now() - started) / 1_000);
  return report;
}

/** Waits more precisely than a timer and does not block the event loop. */
function killAfter(milliseconds: number, kill: () => void): void {
  const due = performance.now() + milliseconds;
  const look = () => void (performance.now() < due ? setImmediate(look) : kill());
  if (milliseconds === 0) kill();
  else setImmediate(look);
}

async function askUntilBack(person: ConnectedPerson): Promise<ToolAnswer> {
  const deadline = performance.now() + restartPatience;
  for (;;) {
    const answer = await person.call(question);
    if (answer.kind !== "no_answer" || performance.now() > deadline) return answer;
    await delay(50);
  }
}

async function isMended(person: ConnectedPerson, isRight: (answer: ToolAnswer) => boolean): Promise<boolean> {
  if (!(await person.panel()).includes("Reconnect needed")) return false;
  await person.reconnect();
  return isRight(await person.call(question));
}

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { measureAnswerSizes } from "./bench/answer-sizes.ts";
import { build, measureBundle } from "./bench/bundle.ts";
import { measureColdStarts } from "./bench/cold-starts.ts";
import { compareRuns } from "./bench/compare-runs.ts";
import { measureConversation } from "./bench/conversation.ts";
import { measureCrowds, measureParallel } from "./bench/crowd.ts";
import { measureIdleAgents } from "./bench/idle-agents.ts";
import { describeMachine } from "./bench/machine.ts";
import { measureTool } from "./bench/measure-calls.ts";
import { measureOAuth } from "./bench/oauth.ts";
import { connectPerson } from "./bench/people.ts";
import { measurePlatform } from "./bench/platform.ts";
import { type BenchReport, printComparison, printReport, writeReport } from "./bench/print-report.ts";
import { measureProtocol } from "./bench/protocol.ts";
import { defaultQuestions, largestQuestions, noOp } from "./bench/questions.ts";
import { startRuntime } from "./bench/runtime.ts";
import { measureSixYears } from "./bench/six-years.ts";
import { judge } from "./bench/targets.ts";
import { measureToolsAlone } from "./bench/tools-alone.ts";
import { measureWorkerAlone } from "./bench/worker-alone.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run bench [-- --json] [--scale] [--against FILE] [--write]`: measures the cost of answers and of a tool that does nothing.
 * The built product runs in workerd, the simulated Oura in another process with a delay of 80 ms per answer. `--json`
 * prints only one object on stdout, and `dist/bench/last.json` holds the same object. `--against` names such a file of an
 * earlier run and shows the ratios. `--write` puts the tables into docs/performance.md. `--scale` adds the runs that take
 * minutes. The command fails if a promised size or a limit of the platform is exceeded. It never fails because of times,
 * because they depend on the machine.
 */
const { values: options } = readOptions({
  name: "npm run bench",
  options: {
    json: { type: "flag" },
    scale: { type: "flag" },
    against: { type: "text", value: "FILE" },
    write: { type: "flag" },
  },
});
const repetitions = { floor: 80, default: 20, largest: 8 };
const crowds = options.scale ? [1, 10, 100, 1_000] : [1, 10, 50];
const idleAgents = 200;
const directory = resolve("dist/bench"); // wrangler resolves a relative path from its config's directory

function report(step: string): void {
  const seconds = Math.round((performance.now() - started) / 1_000);
  console.error(`${`${seconds}`.padStart(4)} s  ${step} …`);
}

const started = performance.now();
const earlier: unknown = options.against === null ? null : JSON.parse(readFileSync(options.against, "utf8"));
mkdirSync(directory, { recursive: true });
report("Answer sizes");
const answerSizes = await measureAnswerSizes();
report("Every tool by itself");
const alone = await measureToolsAlone();
report("Six years of a route, from the simulated Oura");
const sixYears = await measureSixYears();
report("Building the product, measuring its start");
const bundle = await measureBundle(`${directory}/product`);
await build("scripts/bench/wrangler.toml", `${directory}/measured`);

report("Starting the runtime and the simulated Oura");
const runtime = await startRuntime(`${directory}/measured`);
try {
  const result = await measureAll();
  writeFileSync(`${directory}/last.json`, JSON.stringify(result));
  if (options.write) writeFigures("docs/performance.md", writeReport(result));
  if (options.json) console.log(JSON.stringify(result, null, 2));
  else printReport(result);
  if (earlier !== null && !options.json) printComparison(compareRuns(earlier, result));
  if (answerSizes.some(({ bytes, limit }) => limit !== null && bytes > limit)) process.exitCode = 1;
} finally {
  await runtime.stop();
}

function writeFigures(page: string, figures: string): void {
  const [before = "", , after = ""] = readFileSync(page, "utf8").split(
    /(?<=<!-- figures -->\n)|(?=<!-- end of figures -->)/,
  );
  writeFileSync(page, `${before}\n${figures}\n\n${after}`);
}

async function measureAll(): Promise<BenchReport> {
  const cold = await measureColdStarts(runtime, report);
  const oauth = await measureOAuth(runtime);
  const { access_token: token } = await connectPerson(runtime.origin);
  await runtime.setForgetful(true);
  report("The floor");
  const floor = await measureTool(runtime, token, noOp, repetitions.floor);
  report("The same way with nothing of ours on it");
  const platform = await measurePlatform(runtime);
  report("The worker without the agent");
  const worker = await measureWorkerAlone(runtime, token);
  const protocol = await measureProtocol(runtime, token);
  const tools = [];
  for (const question of [...defaultQuestions(), ...largestQuestions(runtime.now())]) {
    report(`${question.tool}, ${question.what}`);
    const times = question.what === "default" ? repetitions.default : repetitions.largest;
    tools.push(await measureTool(runtime, token, question, times));
  }
  report("The floor again");
  const again = { ...noOp, what: "the same tool that does nothing, measured again after all other calls" };
  const floorAfter = await measureTool(runtime, token, again, repetitions.floor);
  await runtime.setForgetful(false);
  report("Every tool again while its answer is held");
  const held = [];
  for (const question of defaultQuestions())
    held.push(await measureTool(runtime, token, question, repetitions.default));
  report("A conversation of ten questions");
  const conversation = await measureConversation(runtime);
  await runtime.setForgetful(true);
  report("Calls at the same moment");
  const parallel = await measureParallel(runtime, token);
  const scale = await measureCrowds(runtime, crowds, report);
  await runtime.setForgetful(false);
  report(`Memory of ${idleAgents} idle agents`);
  const idle = await measureIdleAgents(runtime, idleAgents);
  const measured = {
    machine: { ...describeMachine(), seconds: Math.round((performance.now() - started) / 1_000) },
    answerSizes,
    alone,
    sixYears,
    bundle,
    cold,
    oauth,
    platform,
    worker,
    idle,
    protocol,
    floor,
    floorAfter,
    tools,
    held,
    conversation,
    parallel,
    scale,
  };
  return { ...measured, targets: judge(measured) };
}

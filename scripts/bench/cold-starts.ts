import { callTool } from "./mcp-call.ts";
import { connectPerson } from "./people.ts";
import { quantile } from "./quantile.ts";
import { noOp } from "./questions.ts";
import type { Runtime } from "./runtime.ts";

interface Spread {
  median: number;
  least: number;
  most: number;
}

/**
 * First answers after an idle night: workerd has just started, so that neither the worker's isolate nor the agent has done
 * anything, and the account is in storage. The time until workerd is ready is not part of them.
 */
export interface ColdFigures {
  /** From starting workerd to its first page, once. */
  runtimeReady: number;
  starts: number;
  /** A tool that does nothing, as the first request: worker, agent, and loading the protocol and the tools. */
  firstNoOp: Spread;
  warmNoOp: Spread;
  /** A day with its baselines, Ōura's two rounds of 80 ms included, as the first request. */
  firstAnswer: Spread;
  /** CPU time of the runtime for the first answer. */
  firstAnswerCpu: Spread;
  /** The same question again, with new requests to Oura, when all code is compiled. */
  warmAnswer: Spread;
  /** A tool that does nothing, on an agent that was evicted from memory; its isolate is warm. */
  wokenAgent: number;
}

const starts = 10;
const warmCalls = 5;
const daily = "oura_get_daily_summary";

/** Restarts the runtime, so everything in its memory is lost. */
export async function measureColdStarts(runtime: Runtime, report: (step: string) => void): Promise<ColdFigures> {
  const { access_token: token } = await connectPerson(runtime.origin);
  const call = async (tool: string) => (await callTool(runtime.origin, token, tool, {})).milliseconds;
  const none: number[] = [];
  const figures = {
    firstNoOp: [...none],
    warmNoOp: [...none],
    firstAnswer: [...none],
    firstAnswerCpu: [...none],
    warmAnswer: [...none],
  };
  for (let start = 0; start < starts; start += 1) {
    report(`First answers after an idle night, ${start + 1} of ${starts}`);
    await runtime.restart();
    figures.firstNoOp.push(await call(noOp.tool));
    figures.warmNoOp.push(await medianOf(warmCalls, () => call(noOp.tool)));
    await runtime.restart();
    const before = runtime.usage().cpuMilliseconds;
    figures.firstAnswer.push(await call(daily));
    figures.firstAnswerCpu.push(runtime.usage().cpuMilliseconds - before);
    await runtime.setForgetful(true);
    for (let warmUp = 0; warmUp < warmCalls; warmUp += 1) await call(daily);
    figures.warmAnswer.push(await medianOf(warmCalls, () => call(daily)));
    await runtime.setForgetful(false);
  }
  const woken = await medianOf(warmCalls, async () => {
    await runtime.putToSleep(token.split(":")[0] ?? "");
    return call(noOp.tool);
  });
  return {
    runtimeReady: runtime.readyMilliseconds,
    starts,
    firstNoOp: spread(figures.firstNoOp),
    warmNoOp: spread(figures.warmNoOp),
    firstAnswer: spread(figures.firstAnswer),
    firstAnswerCpu: spread(figures.firstAnswerCpu),
    warmAnswer: spread(figures.warmAnswer),
    wokenAgent: woken,
  };
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let time = 0; time < times; time += 1) values.push(await measure());
  return quantile(values, 0.5);
}

function spread(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
}

import { callTool, sendRpc } from "./mcp-call.ts";
import { connectPerson } from "./people.ts";
import { noOp } from "./questions.ts";
import type { Runtime } from "./runtime.ts";

/** Duration of each first operation, ms. */
export interface ColdFigures {
  /** From starting workerd to its first page. */
  runtimeReady: number;
  /** The first MCP requests of an isolate, before any code is compiled. */
  firstToolsList: number;
  firstAnswer: number;
  /** A tool that does nothing, on an agent that was evicted from memory. */
  wokenAgent: number;
}

/** Call this first: an isolate has only one first request. */
export async function measureColdStarts(runtime: Runtime): Promise<ColdFigures> {
  const { access_token: token } = await connectPerson(runtime.origin);
  const list = await sendRpc(runtime.origin, token, "tools/list", {});
  const answer = await callTool(runtime.origin, token, "oura_get_daily_summary", {});
  const woken: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    await runtime.putToSleep(token.split(":")[0] ?? "");
    woken.push((await callTool(runtime.origin, token, noOp.tool, {})).milliseconds);
  }
  return {
    runtimeReady: runtime.readyMilliseconds,
    firstToolsList: list.milliseconds,
    firstAnswer: answer.milliseconds,
    wokenAgent: woken.toSorted((left, right) => left - right)[2] ?? 0,
  };
}

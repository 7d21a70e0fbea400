import { callTool } from "./mcp-call.ts";
import { connectMany } from "./people.ts";
import { noOp } from "./questions.ts";
import type { Runtime } from "./runtime.ts";

/** Growth of the runtime's memory for each object, in megabytes. */
export interface IdleFigures {
  agents: number;
  /** An object that does nothing. */
  bareObject: number;
  /** An agent that has answered one call, and one that has answered ten. It holds no answers of Oura. */
  afterOneCall: number;
  afterTenCalls: number;
}

/**
 * Memory of agents, apart from what a walk through the pages leaves in the local replacements for the platform: the accounts
 * exist in storage, and workerd has just started. One agent has first answered as many calls as all others together will, so
 * that garbage which is not collected yet is not counted as theirs.
 */
export async function measureIdleAgents(runtime: Runtime, agents: number): Promise<IdleFigures> {
  const [first = "", ...tokens] = await connectMany(runtime, agents + 1);
  const callAll = async () => {
    for (const token of tokens) await callTool(runtime.origin, token, noOp.tool, {});
  };
  await runtime.restart();
  for (let call = 0; call < warmUps(agents); call += 1) await callTool(runtime.origin, first, noOp.tool, {});
  const before = runtime.usage().residentMegabytes;
  await callAll();
  const afterOne = runtime.usage().residentMegabytes;
  for (let call = 1; call < 10; call += 1) await callAll();
  const afterTen = runtime.usage().residentMegabytes;
  return {
    agents,
    bareObject: await measureBareObjects(runtime, agents),
    afterOneCall: (afterOne - before) / agents,
    afterTenCalls: (afterTen - before) / agents,
  };
}

async function measureBareObjects(runtime: Runtime, count: number): Promise<number> {
  const touch = async (name: number) => (await fetch(`${runtime.origin}/bench/bare?name=${name}`)).text();
  for (let name = 0; name < count; name += 1) await touch(name); // so that they are in storage, as the agents are
  await runtime.restart();
  for (let call = 0; call < warmUps(count); call += 1) await touch(0);
  const before = runtime.usage().residentMegabytes;
  for (let name = 1; name < count; name += 1) await touch(name);
  return (runtime.usage().residentMegabytes - before) / count;
}

/** The memory of the process grows for some 600 calls, whatever they do, before garbage is collected as fast as it comes. */
function warmUps(objects: number): number {
  return Math.max(1_000, 10 * objects);
}

import { type CallFigures, measureCalls } from "./measure-calls.ts";
import type { Runtime } from "./runtime.ts";

const repetitions = 60;

/**
 * Cost of the local runtime without the product: first the worker alone; then with one Durable Object call, as in every
 * tool call; then also with requests to Oura whose answers are not read.
 */
export async function measurePlatform(runtime: Runtime): Promise<CallFigures[]> {
  const ways: [what: string, path: string][] = [
    ["a worker that does nothing", "nothing"],
    ["a worker and a Durable Object that do nothing", "path?requests=0"],
    ["a worker and a Durable Object that sends one request to Ōura", "path?requests=1"],
    ["a worker and a Durable Object that sends six requests to Ōura at once", "path?requests=6"],
  ];
  const figures: CallFigures[] = [];
  for (const [what, path] of ways)
    figures.push(
      await measureCalls(runtime, { what, tool: "no tool" }, repetitions, async () => {
        const started = performance.now();
        const response = await fetch(`${runtime.origin}/bench/${path}`, { method: "POST", body: "{}" });
        const text = await response.text();
        if (!response.ok) throw new Error(`${path} answered ${response.status}`);
        return { milliseconds: performance.now() - started, wireBytes: text.length, answerBytes: 0 };
      }),
    );
  return figures;
}

import { type CallFigures, measureCalls } from "./measure-calls.ts";
import type { Runtime } from "./runtime.ts";

const repetitions = 60;

/**
 * What the local runtime takes for the way a call goes, with none of the product on it: the worker alone; then a look into
 * KV and an object that hands back a request, as every call has; then the same with requests to Oura that nobody reads.
 */
export async function measurePlatform(runtime: Runtime): Promise<CallFigures[]> {
  const ways: [what: string, path: string][] = [
    ["worker", "nothing"],
    ["worker, KV, object", "path?requests=0"],
    ["and one request", "path?requests=1"],
    ["and six requests", "path?requests=6"],
  ];
  const figures: CallFigures[] = [];
  for (const [what, path] of ways)
    figures.push(
      await measureCalls(runtime, { what, tool: "nothing of ours" }, repetitions, async () => {
        const started = performance.now();
        const response = await fetch(`${runtime.origin}/bench/${path}`, { method: "POST", body: "{}" });
        const text = await response.text();
        if (!response.ok) throw new Error(`${path} answered ${response.status}`);
        return { milliseconds: performance.now() - started, wireBytes: text.length, answerBytes: 0 };
      }),
    );
  return figures;
}

import { inNewestForm, sendRpc } from "./mcp-call.ts";
import { type CallFigures, measureCalls } from "./measure-calls.ts";
import { noOp } from "./questions.ts";
import type { Runtime } from "./runtime.ts";

const repetitions = 30;
const introduction = {
  protocolVersion: "2025-06-18",
  capabilities: {},
  clientInfo: { name: "bench", version: "0" },
};

export async function measureProtocol(runtime: Runtime, token: string): Promise<CallFigures[]> {
  const requests: [what: string, method: string, params: object][] = [
    ["2025", "initialize", introduction],
    ["2025", "tools/list", {}],
    ["2026", "server/discover", inNewestForm()],
    ["2026", "tools/list", inNewestForm()],
  ];
  const figures: CallFigures[] = [];
  for (const [what, method, params] of requests)
    figures.push(
      await measureCalls(runtime, { what, tool: method }, repetitions, () =>
        sendRpc(runtime.origin, token, method, params),
      ),
    );
  const call = { name: noOp.tool, arguments: {} };
  figures.push(
    await measureCalls(runtime, { what: "2026", tool: noOp.tool }, repetitions, () =>
      sendRpc(runtime.origin, token, "tools/call", inNewestForm(call)),
    ),
  );
  return figures;
}

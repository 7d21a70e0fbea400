// An editor with Codex inside: it starts the app server of Codex and asks it for tools, as the extensions of editors do.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { answer } from "./answer.mjs";

const program = new URL("node_modules/.bin/codex", import.meta.url).pathname;
const child = spawn(program, ["app-server"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
createInterface({ input: child.stdout }).on("line", (line) => {
  const message = JSON.parse(line);
  const asked = message.method === undefined ? waiting.get(message.id) : undefined;
  if (asked === undefined) return;
  waiting.delete(message.id);
  if (message.error) asked.reject(new Error(message.error.message));
  else asked.resolve(message.result);
});

let last = 0;
function ask(method, params) {
  last += 1;
  child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: last, method, params })}\n`);
  return new Promise((resolve, reject) => waiting.set(last, { resolve, reject }));
}

await ask("initialize", { clientInfo: { name: "editor", version: "1.0.0" } });
child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "initialized" })}\n`);
await answer({
  async list() {
    const { data } = await ask("mcpServerStatus/list", {});
    return Object.keys(data.find(({ name }) => name === "ringbridge").tools);
  },
  async call(tool, input) {
    const { thread } = await ask("thread/start", {});
    return ask("mcpServer/tool/call", { threadId: thread.id, server: "ringbridge", tool, arguments: input });
  },
  close: () => child.kill(),
});

// Claude Code with a model on this computer, which asks for one tool and says what came back. Nothing is sent elsewhere.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { answer } from "./answer.mjs";

const program = new URL("node_modules/.bin/claude", import.meta.url).pathname;
const prefix = "mcp__ringbridge__";

/** Runs `claude -p` with a model that calls the wanted tool once. Returns the tools that it got and the tool's result. */
async function converse(wanted, input) {
  const seen = { tools: [], result: null };
  const model = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      if (!request.url.includes("/messages") || request.url.includes("count_tokens")) return response.end("{}");
      const { tools = [], messages } = JSON.parse(body);
      const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
      seen.result = parts.find(({ type }) => type === "tool_result")?.content ?? null;
      seen.tools = [...new Set([...seen.tools, ...tools.map(({ name }) => name)])];
      const calls = seen.result === null && wanted !== null && seen.tools.includes(prefix + wanted);
      response.setHeader("content-type", "text/event-stream");
      response.end(streamOf(calls ? { name: prefix + wanted, input } : null));
    });
  });
  await new Promise((ready) => model.listen(0, "127.0.0.1", ready));
  const child = spawn(program, ["-p", "Call the tool.", "--allowedTools", "mcp__ringbridge"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ANTHROPIC_BASE_URL: `http://127.0.0.1:${model.address().port}`,
      ANTHROPIC_API_KEY: "a-key-of-no-use",
      ENABLE_TOOL_SEARCH: "false",
      // Without this setting, Claude Code asks the model before a slow server has answered.
      MCP_CONNECTION_NONBLOCKING: "0",
      MCP_TIMEOUT: "60000",
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  await new Promise((ended) => child.on("close", ended));
  model.close();
  model.closeAllConnections();
  return { ...seen, said };
}

/** A message in the events of Anthropic's Messages API: a call of a tool, or a word. */
function streamOf(call) {
  const content = call ? { type: "tool_use", id: "toolu_1", name: call.name, input: {} } : { type: "text", text: "" };
  const delta = call
    ? { type: "input_json_delta", partial_json: JSON.stringify(call.input) }
    : { type: "text_delta", text: "Done." };
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = { id: "msg_1", type: "message", role: "assistant", model: "local", content: [], usage };
  const events = [
    { type: "message_start", message: { ...message, stop_reason: null, stop_sequence: null } },
    { type: "content_block_start", index: 0, content_block: content },
    { type: "content_block_delta", index: 0, delta },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: call ? "tool_use" : "end_turn", stop_sequence: null }, usage },
    { type: "message_stop" },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}

await answer({
  async list() {
    const { tools } = await converse(null, {});
    return tools.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  },
  async call(tool, input) {
    const { result, said } = await converse(tool, input);
    if (result === null) throw new Error(`no tool was called. Claude Code said: ${said}`);
    return result;
  },
  close() {},
});

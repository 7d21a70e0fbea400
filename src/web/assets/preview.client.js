// Runs the button "Show me last night": fetches the answer and passes it to the view in a sandboxed frame. To the view,
// this page acts as a small MCP Apps host (protocol 2026-01-26). In a browser without scripts the form leads to a page
// with the same answer as text and a table.
for (const form of document.querySelectorAll("form[data-preview]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void show(form); // shows its own errors
  });
}

async function show(form) {
  const notice = document.querySelector("#preview-notice");
  const button = form.querySelector("button");
  const tell = (text) => {
    notice.hidden = text === "";
    notice.textContent = text;
  };
  button.disabled = true;
  tell("Reading last night …");
  try {
    const reply = await fetch(form.action, { method: "POST", headers: { accept: "application/json" } });
    const answer = await reply.json();
    if (!reply.ok) throw Object.assign(new Error(), { shown: answer.error });
    frameView(answer);
    tell(answer.note || "");
  } catch (error) {
    tell(error.shown || "Last night could not be read. Try again in a moment.");
  }
  button.disabled = false;
}

function frameView({ tool, input, result }) {
  const frame = document.createElement("iframe");
  frame.title = "Last night";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.className = "view";
  // A sandboxed frame has no origin. So messages to it have the target origin "*", and a message from it is recognised
  // by its window.
  const send = (message) => frame.contentWindow.postMessage({ jsonrpc: "2.0", ...message }, "*");
  const theme = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const answers = {
    "ui/initialize": () => ({
      protocolVersion: "2026-01-26",
      hostInfo: { name: "ringbridge-panel", version: "1.0.0" },
      hostCapabilities: {},
      hostContext: {
        theme: theme(),
        displayMode: "inline",
        availableDisplayModes: ["inline"],
        toolInfo: { tool: { name: tool, inputSchema: { type: "object" } } },
      },
    }),
    ping: () => ({}),
  };

  function receive({ source, data }) {
    if (!frame.isConnected) return removeEventListener("message", receive);
    if (source !== frame.contentWindow || data?.jsonrpc !== "2.0") return;
    const { id, method, params } = data;
    if (method === "ui/notifications/initialized") {
      send({ method: "ui/notifications/tool-input", params: { arguments: input } });
      send({ method: "ui/notifications/tool-result", params: result });
    } else if (method === "ui/notifications/size-changed") {
      frame.height = Math.min(Math.max(Number(params?.height) || 0, 80), 700);
    } else if (id !== undefined && method !== undefined) {
      const answer = Object.hasOwn(answers, method) ? answers[method] : null;
      if (answer) send({ id, result: answer() });
      else send({ id, error: { code: -32601, message: "Method not found" } });
    }
  }

  addEventListener("message", receive);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (frame.isConnected) send({ method: "ui/notifications/host-context-changed", params: { theme: theme() } });
  });
  frame.src = "/preview/view";
  document.querySelector("#preview-place").replaceChildren(frame);
}

import { at, objectAt } from "./is-object.ts";

/**
 * The data of a message from the host (the program that shows the view). The view and the host exchange messages in the
 * protocol MCP Apps (version 2026-01-26), which uses JSON-RPC over postMessage. The MCP Apps SDK is not used, because
 * its class is larger than the whole rest of the view. Tests check each message against the SDK's schema.
 */
export type Received = Record<string, unknown>;

export interface HostEvents {
  /** The first call has the host's whole context. Later calls have only the values that have changed. */
  context(context: Received): void;
  input(values: Received): void;
  result(result: Received): void;
  cancelled(): void;
  /** The host removes the view. From now on the view must draw and send nothing. */
  teardown(): void;
}

export interface HostLink {
  sendSize(width: number, height: number): void;
  /** Calls a tool through the host (the program that shows the view). Null when the host forwards no tool calls. */
  callTool: ((name: string, values: Received) => Promise<Received>) | null;
}

export async function connectHost(events: HostEvents): Promise<HostLink> {
  const host = window.parent;
  const waiting = new Map<unknown, { resolve(result: unknown): void; reject(error: Error): void }>();
  let lastId = 0;

  function send(message: object): void {
    // The view does not know the host's origin, so the target origin is "*". This is safe: the host is the window that
    // loaded this page, and the messages hold only sizes and tool calls.
    host.postMessage({ jsonrpc: "2.0", ...message }, "*");
  }

  function request(method: string, params: object): Promise<unknown> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ id, method, params });
    });
  }

  function answerRequest(id: unknown, method: unknown): void {
    if (method === "ui/resource-teardown") {
      events.teardown();
      send({ id, result: {} });
    } else if (method === "ping") send({ id, result: {} });
    else send({ id, error: { code: -32601, message: "Method not found" } });
  }

  function handleNotification(method: unknown, message: unknown): void {
    if (method === "ui/notifications/tool-input") events.input(objectAt(message, "params", "arguments"));
    else if (method === "ui/notifications/tool-result") events.result(objectAt(message, "params"));
    else if (method === "ui/notifications/tool-cancelled") events.cancelled();
    else if (method === "ui/notifications/host-context-changed") events.context(objectAt(message, "params"));
  }

  window.addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
    if (source !== host || at(data, "jsonrpc") !== "2.0") return;
    const [id, method, error] = [at(data, "id"), at(data, "method"), at(data, "error")];
    if (method !== undefined) return id === undefined ? handleNotification(method, data) : answerRequest(id, method);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(at(data, "result"));
    else asked?.reject(new Error("The host refused."));
  });

  const hello = await request("ui/initialize", {
    appInfo: { name: "ringbridge", version: "1.0.0" },
    appCapabilities: { availableDisplayModes: ["inline"] },
    protocolVersion: "2026-01-26",
  });
  events.context(objectAt(hello, "hostContext"));
  send({ method: "ui/notifications/initialized" });
  return {
    sendSize: (width, height) => send({ method: "ui/notifications/size-changed", params: { width, height } }),
    callTool: at(hello, "hostCapabilities", "serverTools")
      ? async (name, values) => objectAt({ result: await request("tools/call", { name, arguments: values }) }, "result")
      : null,
  };
}

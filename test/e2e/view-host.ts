import { createRequire } from "node:module";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import axe from "axe-core";
import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";

/** A page that hosts a view by the MCP Apps protocol, records every message, and blocks all requests. */
export interface ViewHost {
  frame: Frame;
  /** All messages, in order, with their sender. */
  messages(): Promise<{ from: "host" | "view"; message: Message }[]>;
  notify(method: string, params: object): Promise<void>;
  /** Sets the host's theme and width; resolves when the view is drawn. */
  change(theme: "light" | "dark", width: number): Promise<void>;
  /** The height the view requested last. */
  height(): Promise<number>;
  teardown(): Promise<void>;
}

export interface Message {
  jsonrpc: string;
  id?: number | string;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: object;
}

interface HostOptions {
  html: string;
  /** Answers tool calls of the view; without it the host does not offer tool calls. */
  call?: (name: string, input: Record<string, unknown>) => Promise<object>;
  variables?: Record<string, string>;
}

/** A host's content security policy for a view that declares no domains (specification 2026-01-26, default policy). */
const policy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'";

const surface = "#ffffff, #1f2226";

export async function hostView(page: Page, { html, call, variables }: HostOptions): Promise<ViewHost> {
  await page.goto("about:blank");
  await page.setContent(
    `<!doctype html><html lang="en"><title>Host</title><meta name="color-scheme" content="light dark">` +
      `<style>:root { color-scheme: light } html { background: light-dark(${surface}) } body { margin: 0 }</style>`,
  );
  if (call) await page.exposeFunction("callTool", call);
  const guarded = html.replace("<head>", `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`);
  const context = {
    theme: "light",
    displayMode: "inline",
    availableDisplayModes: ["inline"],
    locale: "en-GB",
    timeZone: "Europe/Berlin",
    platform: "web",
    ...(variables ? { styles: { variables: { ...unsaid, ...variables } } } : {}),
  };
  await page.evaluate(runHost, { html: guarded, context, canCall: call !== undefined });
  await page.waitForFunction("host.ready");
  const [, frame] = page.frames();
  if (!frame) throw new Error("no frame");
  await frame.addStyleTag({ content: `html { background: light-dark(${surface}) }` }); // so that axe-core knows the background
  await frame.evaluate(axe.source);
  return {
    frame,
    messages: () => page.evaluate("host.messages"),
    notify: (method, params) =>
      page.evaluate(([m, p]) => host.send({ method: m, params: p }), [method, params] as const),
    async change(theme, width) {
      await page.setViewportSize({ width, height: 560 });
      await page.evaluate((scheme) => host.wear(scheme), theme);
      await frame.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))");
    },
    height: () => page.evaluate("host.height()"),
    async teardown() {
      await page.evaluate(() => host.send({ id: "end", method: "ui/resource-teardown", params: {} }));
      await page.waitForFunction("host.messages.some(({ from, message }) => from === 'view' && message.id === 'end')");
    },
  };
}

declare const host: {
  ready: boolean;
  messages: object[];
  send(message: object): void;
  wear(theme: string): void;
  height(): number;
};

/** The part of the frame element that is used: the project's types do not include the DOM. */
interface FrameElement {
  title: string;
  srcdoc: string;
  style: { cssText: string; height: string; colorScheme: string };
  contentWindow: { postMessage(message: object, target: string): void };
  setAttribute(name: string, value: string): void;
  offsetHeight: number;
}

/** Runs in the host's page. */
function runHost({ html, context, canCall }: { html: string; context: object; canCall: boolean }) {
  // Globals of the page, which this project's types do not include.
  const page = globalThis as unknown as {
    host: typeof host;
    callTool(name: unknown, input: unknown): Promise<object>;
    document: {
      createElement(name: "iframe"): FrameElement;
      documentElement: { style: { colorScheme: string } };
      body: { append(frame: FrameElement): void };
    };
    addEventListener(name: string, listener: (event: { source: unknown; data: Message }) => void): void;
  };
  const frame = page.document.createElement("iframe");
  frame.title = "Picture";
  frame.setAttribute("sandbox", "allow-scripts");
  frame.style.cssText = "border:0;display:block;width:100%;height:100px";
  function send(message: object) {
    const whole = { jsonrpc: "2.0", ...message };
    page.host.messages.push({ from: "host", message: whole });
    frame.contentWindow.postMessage(whole, "*");
  }
  page.host = {
    ready: false,
    messages: [],
    send,
    wear(theme) {
      page.document.documentElement.style.colorScheme = theme;
      frame.style.colorScheme = theme;
      send({ method: "ui/notifications/host-context-changed", params: { theme } });
    },
    height: () => frame.offsetHeight,
  };
  page.addEventListener("message", async ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    page.host.messages.push({ from: "view", message: data });
    if (data.method === "ui/initialize") {
      const result = {
        protocolVersion: "2026-01-26",
        hostInfo: { name: "test-host", version: "1.0.0" },
        hostCapabilities: canCall ? { serverTools: {} } : {},
        hostContext: context,
      };
      send({ id: data.id, result });
    } else if (data.method === "ui/notifications/initialized") page.host.ready = true;
    else if (data.method === "ui/notifications/size-changed") frame.style.height = `${data.params?.height}px`;
    else if (data.method === "tools/call") {
      send({ id: data.id, result: await page.callTool(data.params?.name, data.params?.arguments) });
    }
  });
  frame.srcdoc = html;
  page.document.body.append(frame);
}

/** axe-core over the view, WCAG 2.2 level AA. */
export function findBarriers(frame: Frame): Promise<string[]> {
  return frame.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") }; // loaded when the view was opened
    const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
}

const require = createRequire(import.meta.url);
const schema = require("@modelcontextprotocol/ext-apps/schema.json");
const ajv = new Ajv2020({ strict: false });
addFormats(ajv);
/** The schema requires every variable; an empty value has no effect. */
const unsaid = Object.fromEntries(
  schema.$defs.McpUiStyleVariableKey.anyOf.map(({ const: name }: { const: string }) => [name, ""]),
);
const validators = new Map<string, ValidateFunction>();

function validator(name: string): ValidateFunction {
  const known = validators.get(name) ?? ajv.compile(schema.$defs[name]);
  validators.set(name, known);
  return known;
}

/** The schema of each message of the protocol, by method; results are listed by their request. */
const definitions: Readonly<Record<string, string>> = {
  "ui/initialize": "McpUiInitializeRequest",
  "ui/notifications/initialized": "McpUiInitializedNotification",
  "ui/notifications/size-changed": "McpUiSizeChangedNotification",
  "ui/notifications/tool-input": "McpUiToolInputNotification",
  "ui/notifications/tool-result": "McpUiToolResultNotification",
  "ui/notifications/tool-cancelled": "McpUiToolCancelledNotification",
  "ui/notifications/host-context-changed": "McpUiHostContextChangedNotification",
  "ui/resource-teardown": "McpUiResourceTeardownRequest",
};
const results: Readonly<Record<string, string>> = {
  "ui/initialize": "McpUiInitializeResult",
  "ui/resource-teardown": "McpUiResourceTeardownResult",
};

/** Validates every message against the SDK's schema. */
export function expectValidMessages(messages: Awaited<ReturnType<ViewHost["messages"]>>): void {
  const asked = new Map<unknown, string>();
  for (const { from, message } of messages) {
    const { jsonrpc, id, method, params, result } = message;
    expect(jsonrpc).toBe("2.0");
    if (method !== undefined && id !== undefined) asked.set(`${from} ${id}`, method);
    if (method === "tools/call") continue; // defined by the base protocol
    const other = from === "host" ? "view" : "host";
    const name = method === undefined ? results[asked.get(`${other} ${id}`) ?? ""] : definitions[method];
    if (method === undefined && asked.get(`${other} ${id}`) === "tools/call") continue;
    expect(name, JSON.stringify(message).slice(0, 200)).toBeDefined();
    const validate = validator(name ?? "");
    const value = method === undefined ? result : { method, ...(params === undefined ? {} : { params }) };
    expect(validate(value) ? [] : validate.errors, `${from}: ${name}`).toEqual([]);
  }
}

export function expectValid(name: string, value: unknown): void {
  const validate = validator(name);
  expect(validate(value) ? [] : validate.errors, name).toEqual([]);
}

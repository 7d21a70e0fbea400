import { parseAccept } from "hono/utils/accept";
import { cleanMessage } from "./clean-message.ts";

/** One request to the MCP endpoint, as the SDK reads it, and what its client can read. */
export interface Exchange {
  request: Request;
  /** The cleaned JSON body; undefined when it is no JSON, which the SDK refuses. */
  body: unknown;
  /** The answer in a form that the client reads. */
  finish(response: Response): Promise<Response>;
}

const json = "application/json";
const eventStream = "text/event-stream";

/**
 * Reads a request. The SDK answers requests of the 2025 protocol as a stream of events, and only when the Accept header
 * names both types word for word. Here the header is read as HTTP defines it (RFC 9110 §12.5.1): a client that does not
 * ask for a stream by name gets its one answer as JSON. So does one that accepts neither, which HTTP allows.
 */
export async function openExchange(request: Request): Promise<Exchange> {
  if (request.method !== "POST") return { request, body: undefined, finish: async (response) => response };
  const wanted = chooseType(request.headers.get("accept"));
  const text = await request.text();
  const headers = new Headers(request.headers);
  headers.set("accept", `${json}, ${eventStream}`);
  const body = cleanMessage(parseJson(text));
  return {
    request: new Request(request.url, { method: "POST", headers, body: text, signal: request.signal }),
    body,
    finish: async (response) => (wanted === json ? unwrapEvents(response, Array.isArray(body)) : response),
  };
}

function chooseType(header: string | null): typeof json | typeof eventStream {
  const ranges = parseAccept(header?.trim() || "*/*").map(({ type, q }) => ({ range: type.toLowerCase(), q }));
  const namesStream = ranges.some(({ range, q }) => range === eventStream && q > 0);
  const [jsonQuality, streamQuality] = [qualityOf(ranges, json), qualityOf(ranges, eventStream)];
  if (namesStream && streamQuality >= jsonQuality) return eventStream;
  return jsonQuality === 0 && streamQuality > 0 ? eventStream : json;
}

/** The quality of a type: that of the most specific range that matches it; 0 when none does. */
function qualityOf(ranges: readonly { range: string; q: number }[], type: string): number {
  for (const range of [type, `${type.split("/")[0]}/*`, "*/*", "*"]) {
    const found = ranges.find((one) => one.range === range);
    if (found) return found.q;
  }
  return 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The messages of an event stream as one JSON body: a list for a batch, else the only message. */
async function unwrapEvents(response: Response, isBatch: boolean): Promise<Response> {
  if (!response.headers.get("content-type")?.startsWith(eventStream)) return response;
  const messages = Array.from((await response.text()).matchAll(/^data: ?(\{.*\})$/gm), ([, data = ""]) => data);
  const headers = new Headers(response.headers);
  headers.set("content-type", json);
  for (const name of ["connection", "x-accel-buffering"]) headers.delete(name);
  const body = isBatch ? `[${messages.join(",")}]` : (messages.at(-1) ?? "");
  return new Response(body, { status: response.status, headers });
}

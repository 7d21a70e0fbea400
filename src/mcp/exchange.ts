import { parseAccept } from "hono/utils/accept";
import { cleanMessage } from "./clean-message.ts";

/** A request to the MCP endpoint in the form that the SDK reads. `finish` adapts the response to the client. */
export interface Exchange {
  request: Request;
  /**
   * The JSON body, with mistakes of clients corrected by {@link cleanMessage}. Undefined when the body is not JSON. The
   * SDK refuses such a request.
   */
  body: unknown;
  finish(response: Response): Promise<Response>;
}

const json = "application/json";
const eventStream = "text/event-stream";

/**
 * Reads a request. In the protocol versions of 2025, the SDK answers only with a stream of events. It also refuses a
 * request unless the Accept header literally contains the names of both types (JSON and event stream). This function
 * accepts every header that HTTP allows (RFC 9110 §12.5.1). A client that does not accept an event stream gets its
 * answer as JSON. A client that accepts neither type gets JSON too.
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

/**
 * The quality value that an Accept header gives to a type; 0 when no media range of the header matches. Several ranges
 * can match, because a range can have wildcards. The most specific of them decides.
 */
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

/**
 * Converts an event stream into one JSON body: a list of the messages if the request was a batch, otherwise the only
 * message.
 */
async function unwrapEvents(response: Response, isBatch: boolean): Promise<Response> {
  if (!response.headers.get("content-type")?.startsWith(eventStream)) return response;
  const messages = Array.from((await response.text()).matchAll(/^data: ?(\{.*\})$/gm), ([, data = ""]) => data);
  const headers = new Headers(response.headers);
  headers.set("content-type", json);
  for (const name of ["connection", "x-accel-buffering"]) headers.delete(name);
  const body = isBatch ? `[${messages.join(",")}]` : (messages.at(-1) ?? "");
  return new Response(body, { status: response.status, headers });
}

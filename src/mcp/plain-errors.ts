import { type McpServer, ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import * as z from "zod";
import { describeFailure, type Links } from "../errors.ts";
import { logFailure, withoutMessage } from "../outcome.ts";
import { quoteGiven } from "../question/parse-input.ts";

type Transport = Parameters<McpServer["connect"]>[0];
type Message = Parameters<Transport["send"]>[0];

/** An error of the protocol (JSON-RPC 2.0 §5.1). */
interface WireError {
  code: number;
  message: string;
  data?: unknown;
}

/**
 * Makes a server report errors in plain sentences. A client learns what is wrong with its own request. Of every other
 * error, it learns only a reference under which the error is logged. Call this function before the server gets its
 * handlers.
 *
 * An error that a handler throws is caught around the handler, where its class and its stack are known. The SDK also
 * writes errors itself, for example for a request of the wrong form. Such errors are checked when the server sends
 * them.
 */
export function sayErrorsPlainly({ server }: McpServer, links: Links): void {
  const { setRequestHandler } = server;
  server.setRequestHandler = (...given: unknown[]) => {
    const guarded = given.map((one) => {
      if (typeof one !== "function") return one;
      return (...parameters: unknown[]) => catchErrors(links, () => Reflect.apply(one, undefined, parameters));
    });
    Reflect.apply(setRequestHandler, server, guarded);
  };
  const connect = server.connect.bind(server);
  server.connect = (transport: Transport) => {
    const send = transport.send.bind(transport);
    transport.send = (message, options) => send(inPlainWords(message, links), options);
    return connect(transport);
  };
  server.onerror = logRefusal;
}

/**
 * Logs an error that the SDK reports without throwing it. In most cases the SDK has refused a request because of a
 * mistake of the client. The log entry is therefore only a warning. Otherwise any client could fill the log with
 * errors.
 */
export function logRefusal(error: Error): void {
  console.warn(JSON.stringify({ event: "mcp_refused", where: withoutMessage(error) }));
}

/** Without this function, the SDK would send the message and the field `data` of a thrown error to the client. */
async function catchErrors(links: Links, handle: () => unknown): Promise<unknown> {
  try {
    return await handle();
  } catch (error) {
    // The SDK's own handlers throw this for a request that names something that does not exist.
    if (error instanceof ProtocolError && findMistake(error) !== null) throw error;
    const { code, message } = describeError(error, links);
    throw new ProtocolError(code, message, written);
  }
}

/** Marks an error whose message this file has written. The mark is removed before the error is sent. */
const written = {};

function describeError(error: unknown, links: Links): WireError {
  const failure = logFailure(error);
  const code = failure.kind === "bad_input" ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  return { code, message: describeFailure(failure, links) };
}

function inPlainWords(message: Message, links: Links): Message {
  if (!("error" in message)) return message;
  const { error } = message;
  if (error.data === written) return { ...message, error: { code: error.code, message: error.message } };
  return { ...message, error: findMistake(error) ?? describeError(new UnknownProtocolError(error.code), links) };
}

/**
 * An error of the protocol that is not one of the client's known mistakes. The name of this error contains the
 * protocol's error code, so that the log shows the code.
 */
class UnknownProtocolError extends Error {
  constructor(code: number) {
    super();
    this.name = `UnknownProtocolError${Math.abs(code)}`;
  }
}

/**
 * Checks a response that the MCP library has made without the server, for example because a header is wrong. If the
 * response reports a known mistake of the client, the error message is put into the same plain words as an error of the
 * server. If the response reports any other error, the function throws.
 * @param reported The last error that the library has reported. If the function throws, it throws this error.
 */
export async function sayRefusalPlainly(response: Response, reported: Error | null): Promise<Response> {
  if (response.ok || !response.headers.get("content-type")?.startsWith("application/json")) return response;
  const { status, headers } = response;
  const { error, ...rest } = refusal.parse(await response.json());
  const mistake = findMistake(error);
  if (mistake === null) throw reported ?? new UnknownProtocolError(error.code);
  return Response.json({ ...rest, error: mistake }, { status, headers });
}

const refusal = z.looseObject({
  error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }),
});

/**
 * The longest message of a protocol error, in characters. The SDK's message may repeat parts of the request, which can
 * be 100 kB long.
 */
const longestMessage = 500;

/** The SDK's messages that repeat a name from the request unchanged. */
const unknownNames = [
  /^(Tool |Prompt |Resource template )([\s\S]*)( not found)$/,
  /^(Resource URI )([\s\S]*)( is invalid)$/,
  /^(Resource not found: )([\s\S]*)()$/,
];

/**
 * The beginnings of the messages with which the SDK and its transports refuse a client's request, by code. A message
 * that is not listed here is not sent to clients.
 */
const mistakes: Readonly<Record<number, RegExp>> = {
  [ProtocolErrorCode.ParseError]: /^Parse error: /,
  [ProtocolErrorCode.InvalidRequest]: /^(Invalid Request|Bad Request): /,
  [ProtocolErrorCode.MethodNotFound]: /^Method not found$/,
  [ProtocolErrorCode.InvalidParams]:
    /^(Invalid _meta envelope for protocol revision |Request is missing the required _meta envelope |Invalid params: the MCP-Protocol-Version header |Invalid params: 'notifications' is required |Invalid or expired requestState$|Invalid completion reference: )/,
  [ProtocolErrorCode.MissingRequiredClientCapability]:
    /^(Cannot request input |Missing required client capabilities: )/,
  [ProtocolErrorCode.UnsupportedProtocolVersion]: /^Unsupported protocol version: /,
  /** SDKs and servers use this code for errors of HTTP. */
  [-32_000]:
    /^(Method not allowed\.$|Unsupported Media Type: |Not Acceptable: |Payload Too Large: |Missing Host header$|Invalid (Host|Origin)( header)?: |Bad Request: Unsupported protocol version: )/,
  /** The headers and the body of a request disagree (protocol 2026-07-28). */
  [-32_020]: /^Bad Request: the request headers and body disagree: /,
};

const text = z.string().max(longestMessage);
/**
 * What the field `data` of a protocol error may hold. Other fields are left out. The texts repeat parts of the request,
 * so `data` is left out as a whole if one of them is too long.
 */
const mistakeData = z.object({
  uri: text.optional(),
  reason: z.enum(["invalid_uri", "invalid_request_state"]).optional(),
  supported: z.array(text).optional(),
  requested: text.optional(),
  requiredCapabilities: z.record(z.string(), z.unknown()).optional(),
  mismatch: z.object({ header: text, body: text }).optional(),
  envelope: z
    .object({ key: text, problem: text })
    .or(z.object({ missing: z.array(text) }))
    .optional(),
});

/**
 * If the error is a known mistake of the client, returns the error in plain words. Names from the request are quoted,
 * and long names are cut. The result is null for every other error.
 */
function findMistake({ code, message, data }: WireError): WireError | null {
  const problems = findProblems(message);
  if (problems !== null) {
    return { code: ProtocolErrorCode.InvalidParams, message: `The request is not valid: ${problems}.` };
  }
  const [, before, name = "", after] = unknownNames.flatMap((form) => form.exec(message) ?? []);
  if (before !== undefined && code === ProtocolErrorCode.InvalidParams) {
    return { code, message: `${before}${quoteGiven(name)}${after}`, ...keepData(data) };
  }
  if (!mistakes[code]?.test(message)) return null;
  if (message.length <= longestMessage) return { code, message, ...keepData(data) };
  return { code, message: `${message.slice(0, longestMessage).toWellFormed()}…` };
}

function keepData(data: unknown): { data?: unknown } {
  const known = mistakeData.safeParse(data);
  return known.success && Object.keys(known.data).length > 0 ? { data: known.data } : {};
}

/** An error message shows at most this many levels of the path to a wrong field. */
const deepestPath = 6;

const issues = z
  .array(z.looseObject({ path: z.array(z.union([z.string(), z.number()])), expected: z.string().optional() }))
  .min(1);

/** The start of the SDK's messages about a request of the wrong form. The output of the validator follows. */
const wrongForm = /^(?:Invalid tools\/call request: )?(?=\[)/;

/**
 * Puts the validator's output in an error message into words: "params.name must be a string". Null for a message
 * without such output.
 */
function findProblems(message: string): string | null {
  const [start] = wrongForm.exec(message) ?? [];
  if (start === undefined) return null;
  try {
    const found = issues.safeParse(JSON.parse(message.slice(start.length)));
    if (!found.success) return null;
    const sentences = found.data
      .slice(0, 3)
      .map(({ path, expected }) => `${sayPath(path)} must be ${sayExpected(expected)}`);
    return sentences.join(", ");
  } catch {
    return null;
  }
}

/**
 * The path to a wrong field. Short names of plain letters stay as they are. Other names are quoted, and long ones are
 * cut.
 */
function sayPath(path: readonly (string | number)[]): string {
  if (path.length === 0) return "the request";
  return path
    .slice(0, deepestPath)
    .map((part) => (typeof part === "number" || /^\w{1,40}$/.test(part) ? part : quoteGiven(part)))
    .join(".");
}

function sayExpected(expected: string | undefined): string {
  switch (expected) {
    case "string":
    case "number":
    case "boolean":
      return `a ${expected}`;
    case "array":
      return "a list";
    case "object":
    case "record":
      return "an object";
    default:
      return "of another form";
  }
}

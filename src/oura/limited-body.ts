import { AppError } from "../errors.ts";

/**
 * Reads a body as text. The result is null when the body is longer than `most` bytes. By default the runtime returns a
 * body in pieces of 4 KB. For a long body this takes longer than all other work for an answer, so this function
 * requests larger pieces.
 */
export async function readLimited({ body }: Response, most: number): Promise<string | null> {
  if (body === null) return "";
  const reader = body.getReader({ mode: "byob" });
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (let size = smallestPiece; ; size = Math.min(4 * size, largestPiece)) {
    const { value, done } = await overNetwork(readPiece(reader, size));
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > most) {
      await overNetwork(reader.cancel());
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * The size of the first piece in bytes. Most bodies fit in it. A larger buffer would cost time even if most of it
 * stayed empty.
 */
const smallestPiece = 4_096;
const largestPiece = 65_536;

/**
 * In the Workers runtime, `readAtLeast` waits until a piece of the wanted size is full. In other runtimes, a piece
 * contains only the bytes that have arrived.
 */
function readPiece(
  reader: ReadableStreamBYOBReader,
  size: number,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  const piece = new Uint8Array(size);
  return Reflect.has(reader, "readAtLeast") ? reader.readAtLeast(size, piece) : reader.read(piece);
}

/**
 * Waits for a network operation, and turns each of its errors into a failure after which the request may be sent again.
 * Pass nothing else as `work`: an error in other code is a bug, and must be logged.
 */
export async function overNetwork<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isTimeout = cause instanceof DOMException && cause.name === "TimeoutError";
    throw new AppError(isTimeout ? { kind: "oura_timeout" } : { kind: "oura_unavailable", status: null }, { cause });
  }
}

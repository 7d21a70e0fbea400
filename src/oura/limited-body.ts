import { AppError } from "../errors.ts";

/**
 * Reads a response body as text. The result is null when the body is longer than `most` bytes. By default the runtime
 * returns a body in pieces of 4 KB. Reading a long body in pieces of 4 KB takes longer than all other work for an
 * answer, so this function requests larger pieces.
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
 * A response body is read in pieces. This is the size of the first piece in bytes. Most bodies fit in one piece of this
 * size. A larger buffer would cost time even if most of it stayed empty.
 */
const smallestPiece = 4_096;
const largestPiece = 65_536;

/**
 * Reads one piece of a response body. The Workers runtime has the method `readAtLeast`, which waits until a piece of
 * the wanted size is full. In other runtimes, a piece contains only the bytes that have arrived.
 */
function readPiece(
  reader: ReadableStreamBYOBReader,
  size: number,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  const piece = new Uint8Array(size);
  return Reflect.has(reader, "readAtLeast") ? reader.readAtLeast(size, piece) : reader.read(piece);
}

/**
 * Waits for a network operation. Every error of the operation is reported as a timeout or as Oura being unavailable, so
 * that the request may be sent again. Pass only network operations as `work`. An error in other code is a bug of this
 * project. Such an error must be logged, and must not be reported as a timeout.
 */
export async function overNetwork<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const isTimeout = cause instanceof DOMException && cause.name === "TimeoutError";
    throw new AppError(isTimeout ? { kind: "oura_timeout" } : { kind: "oura_unavailable", status: null }, { cause });
  }
}

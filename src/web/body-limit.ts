/**
 * Real request bodies are far smaller: a tool call has under 2 kB, a passkey's attestation under 10 kB, and a long form
 * under 20 kB.
 */
export const maximumBodyBytes = 128 * 1024;

/**
 * Returns the request, or null when its body is larger than {@link maximumBodyBytes}. This check runs first for every
 * request, so that no later code reads a large body into memory.
 */
export async function boundBody(request: Request): Promise<Request | null> {
  if (request.body === null) return request;
  const declared = request.headers.get("content-length");
  // A body cannot be longer than its Content-Length header says. A chunked body has no such header, so its bytes are
  // counted.
  if (declared !== null && /^\d+$/.test(declared)) return Number(declared) <= maximumBodyBytes ? request : null;
  const body = await readUpTo(request.body, maximumBodyBytes);
  return body === null ? null : new Request(request, { body });
}

async function readUpTo(stream: ReadableStream<Uint8Array>, most: number): Promise<Blob | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > most) return null; // leaving the loop also cancels the stream
    parts.push(part);
  }
  return new Blob(parts);
}

export function answerTooLarge(): Response {
  return new Response(
    `This request is larger than ${maximumBodyBytes / 1024} kB, which is the limit of this server.\n`,
    {
      status: 413,
      headers: { "content-type": "text/plain; charset=utf-8" },
    },
  );
}

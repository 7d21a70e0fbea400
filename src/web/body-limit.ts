/** More than anybody sends: a tool call has under 2 kB, a passkey's attestation under 10 kB, a long form under 20 kB. */
export const maximumBodyBytes = 128 * 1024;

/**
 * The request with a body that fits, or null when there is more. Nobody downstream then holds a large body in memory, and
 * the bound is the same for pages, tokens, client registration and tools.
 */
export async function boundBody(request: Request): Promise<Request | null> {
  if (request.body === null) return request;
  const declared = request.headers.get("content-length");
  // HTTP holds a body to its declared length; one sent in chunks declares none and is counted.
  if (declared !== null && /^\d+$/.test(declared)) return Number(declared) <= maximumBodyBytes ? request : null;
  const body = await readUpTo(request.body, maximumBodyBytes);
  return body === null ? null : new Request(request, { body });
}

async function readUpTo(stream: ReadableStream<Uint8Array>, most: number): Promise<Blob | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > most) return null; // leaving the loop also cancels what is still to come
    parts.push(part);
  }
  return new Blob(parts);
}

/** The answer where {@link boundBody} is null. */
export function answerTooLarge(): Response {
  return new Response(`This request is larger than ${maximumBodyBytes / 1024} kB, more than anything here needs.\n`, {
    status: 413,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

/**
 * Marks an answer whose connection breaks. "before": before the first byte; a host that cannot do this sends a 502.
 * "midway": the body ends in an error.
 */
export const BREAK_HEADER = "x-sandbox-break";

/** The first half of the answer, then a connection that breaks. */
export async function breakOff(response: Response): Promise<Response> {
  const half = await firstHalf(response);
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(new Error("a test requested a broken connection"));
      sent = true;
      controller.enqueue(half);
    },
  });
  const headers = new Headers(response.headers);
  headers.set(BREAK_HEADER, "midway");
  return new Response(body, { status: response.status, headers });
}

/** The first half of the answer, then nothing for a long time. */
export async function stall(response: Response, milliseconds: number): Promise<Response> {
  const half = await firstHalf(response);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(half);
      timer = setTimeout(() => controller.close(), milliseconds);
    },
    cancel: () => clearTimeout(timer),
  });
  return new Response(body, response);
}

async function firstHalf(response: Response): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.slice(0, Math.max(1, Math.floor(bytes.length / 2)));
}

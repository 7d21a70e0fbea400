/** Marks an answer that its host has to replace by closing the connection; other hosts send it as a 502. */
export const BREAK_HEADER = "x-sandbox-break";

/** The first half of the answer, then a connection that breaks. */
export async function breakOff(response: Response): Promise<Response> {
  const half = await firstHalf(response);
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) return controller.error(new Error("the connection broke, as a test asked"));
      sent = true;
      controller.enqueue(half);
    },
  });
  return new Response(body, response);
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

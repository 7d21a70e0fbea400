type Json = Record<string, unknown>;

/** The same answer with another body. Only successful answers are changed. */
export async function changeJson(response: Response, change: (body: unknown) => unknown): Promise<Response> {
  if (response.status !== 200) return response;
  const text = await response.text();
  return new Response(changeText(text, change), response);
}

/** Another fault may have left a body that is not JSON; it stays unchanged. */
function changeText(text: string, change: (body: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text)));
  } catch {
    return text;
  }
}

export function endlessPages(body: unknown, token: "same" | "new"): unknown {
  return isList(body) ? { ...body, next_token: token === "same" ? "again" : `again-${crypto.randomUUID()}` } : body;
}

const rowsAtOnce = 500;

/** Copies of the first document, dated long before any requested day, followed by the list. */
export async function manyRows(response: Response, rows: number): Promise<Response> {
  if (response.status !== 200) return response;
  const whole = await response.text();
  const body = readList(whole);
  const first = body?.data[0];
  if (!body || typeof first !== "object" || first === null) return new Response(whole, response);
  const old = Object.fromEntries(
    Object.entries(first).map(([key, value]) => [
      key,
      typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value) ? `2016${value.slice(4)}` : value,
    ]),
  );
  // Streamed in pieces: with curves the body is hundreds of megabytes, and the reader stops early.
  const [head = "", ...tail] = JSON.stringify(body).split(/(?<="data":\[)/);
  const piece = new TextEncoder().encode(`${JSON.stringify(old)},`.repeat(rowsAtOnce));
  let left = Math.ceil(rows / rowsAtOnce);
  const text = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(head)),
    pull(controller) {
      left -= 1;
      if (left >= 0) return controller.enqueue(piece);
      controller.enqueue(new TextEncoder().encode(tail.join("")));
      controller.close();
    },
  });
  return new Response(text, response);
}

/** Null if another fault has replaced the list. */
function readList(text: string): ({ data: Json[] } & Json) | null {
  try {
    const body: unknown = JSON.parse(text);
    return isList(body) ? body : null;
  } catch {
    return null;
  }
}

function isList(body: unknown): body is { data: Json[] } & Json {
  return typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data);
}

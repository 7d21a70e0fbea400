type Json = Record<string, unknown>;

/** The same answer with another body. Only what succeeded is changed. */
export async function changeJson(response: Response, change: (body: unknown) => unknown): Promise<Response> {
  if (response.status !== 200) return response;
  return new Response(JSON.stringify(change(await response.json())), response);
}

/** A list with a `next_token` that never ends. */
export function endlessPages(body: unknown, token: "same" | "new"): unknown {
  return isList(body) ? { ...body, next_token: token === "same" ? "again" : `again-${crypto.randomUUID()}` } : body;
}

/** Copies of the first document, dated long before anything that is asked for, and then the list. */
export function manyRows(body: unknown, rows: number): unknown {
  if (!isList(body)) return body;
  const [first] = body.data;
  if (first === undefined) return body;
  const old = Object.fromEntries(
    Object.entries(first).map(([key, value]) => [
      key,
      typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value) ? `2016${value.slice(4)}` : value,
    ]),
  );
  return { ...body, data: [...Array.from({ length: rows }, () => old), ...body.data] };
}

function isList(body: unknown): body is { data: Json[] } & Json {
  return typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data);
}

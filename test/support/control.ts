/** Calls the simulator's control API. */
export async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`https://oura.test/sandbox/control${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  if (!response.ok) throw new Error(`control ${path} answered ${response.status}: ${await response.text()}`);
  return response.json<T>();
}

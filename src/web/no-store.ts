/** Forbids caching unless the answer says that it is public, because answers may hold personal data or tokens. */
export function withNoStore(response: Response): Response {
  const said = response.headers.get("cache-control");
  if (said !== null && /no-store|public/.test(said)) return response;
  const answer = new Response(response.body, response);
  answer.headers.set("cache-control", said === null ? "no-store" : `no-store, ${said}`);
  return answer;
}

import { createSimulator } from "../../sandbox/simulator.ts";
import { createMemoryStore } from "../../sandbox/store.ts";

/** A client that says who it is at an address of its own domain (OAuth Client ID Metadata Document). */
const clientDocument = {
  client_id: "https://assistant.test/client.json",
  client_name: "Documented assistant",
  redirect_uris: ["https://assistant.test/callback"],
  token_endpoint_auth_method: "none",
};

/** The network of the test pool: the simulator at oura.test, one client's metadata document, and nothing else. */
export function createOutbound(): (request: Request) => Promise<Response> {
  const simulator = createSimulator({ store: createMemoryStore(), now: () => Date.now() });
  const strangers: string[] = [];

  return async (request) => {
    const url = new URL(request.url);
    if (url.hostname === "oura.test") return simulator.fetch(request);
    if (url.href === clientDocument.client_id) return Response.json(clientDocument);
    // A throw here would only look like a 500 inside; tests ask for this list instead.
    if (url.hostname === "strangers.test") return Response.json(strangers.splice(0));
    strangers.push(url.origin);
    return new Response("No such host.", { status: 502 });
  };
}

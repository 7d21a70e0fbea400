import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { createSimulator } from "../../sandbox/simulator.ts";
import { createMemoryStore } from "../../sandbox/store.ts";

/** A client's metadata document on its own domain (OAuth Client ID Metadata Document). */
const clientDocument = {
  client_id: "https://assistant.test/client.json",
  client_name: "Documented assistant",
  redirect_uris: ["https://assistant.test/callback"],
  token_endpoint_auth_method: "none",
};

/** Other documents of that domain, by path; all must be refused. */
const odd: Readonly<Record<string, () => Response | Promise<Response>>> = {
  "/large.json": () => Response.json({ ...document("/large.json"), client_name: "x".repeat(6_000) }),
  "/impostor.json": () => Response.json(document("/client.json")),
  "/moved.json": () => Response.redirect("https://assistant.test/client.json", 302),
  "/page.json": () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } }),
  // An open redirect to another's document, which is complete and has the right id.
  "/redirect.json": () => Response.redirect("https://assistant.test/planted.json", 302),
  "/planted.json": () => Response.json(document("/redirect.json")),
  "/slow.json": () => new Promise((resolve) => setTimeout(() => resolve(Response.json({})), 15_000).unref()),
  "/unmeasured.json": () => new Response(unmeasured()),
  "/script.json": () => Response.json({ ...document("/script.json"), redirect_uris: ["javascript:alert(1)"] }),
};

/**
 * A client that proves itself with keys: the address names them, as `jwks` (base64url) or as `jwks_uri`, so that a test
 * can choose them.
 */
function keyedDocument(url: URL): Response | null {
  if (url.pathname === "/keys-elsewhere") return Response.redirect("https://strangers.example/keys", 302);
  if (url.pathname === "/elsewhere.json") return Response.redirect("https://strangers.example/client.json", 302);
  if (url.pathname !== "/keyed.json") return null;
  const jwks = url.searchParams.get("jwks");
  return Response.json({
    ...clientDocument,
    client_id: url.href,
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    ...(jwks ? { jwks: JSON.parse(Buffer.from(jwks, "base64url").toString()) } : {}),
    ...(jwks ? {} : { jwks_uri: url.searchParams.get("jwks_uri") }),
  });
}

/** 64 KB without a content length. */
function unmeasured(): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(1_024).fill(32));
      if (sent === 64) controller.close();
    },
  });
}

function document(path: string) {
  return { ...clientDocument, client_id: `https://assistant.test${path}` };
}

/**
 * The network of the test pool: the simulator at oura.test and clients' documents at assistant.test. Requests to other
 * hosts are refused and recorded.
 */
export function createOutbound(): (request: Request) => Promise<Response> {
  const simulator = createSimulator({ store: createMemoryStore(), now: () => Date.parse(fixedInstant) });
  const strangers: string[] = [];
  const asked: string[] = [];
  const atOnce = { now: 0, most: 0 };

  async function answerAsOura(request: Request): Promise<Response> {
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    try {
      return await simulator.fetch(request);
    } finally {
      atOnce.now -= 1;
    }
  }

  function remember(address: string): void {
    asked.push(address);
    if (asked.length > 20_000) asked.shift();
  }

  return async (request) => {
    const url = new URL(request.url);
    if (url.href === "https://strangers.test/asked") return Response.json(asked.splice(0));
    if (url.href === "https://strangers.test/most-at-once") {
      const { most } = atOnce;
      atOnce.most = 0;
      return Response.json(most);
    }
    if (url.hostname === "oura.test" && url.pathname.startsWith("/sandbox/control")) return simulator.fetch(request);
    if (url.hostname === "oura.test") {
      remember(url.href);
      return answerAsOura(request);
    }
    if (url.href === clientDocument.client_id) return Response.json(clientDocument);
    const keyed = url.hostname === "assistant.test" ? keyedDocument(url) : null;
    if (keyed) return keyed;
    const answer = url.hostname === "assistant.test" ? odd[url.pathname] : undefined;
    if (answer) return answer();
    // An exception here would only look like a 500, so tests read this list instead.
    if (url.hostname === "strangers.test") return Response.json(strangers.splice(0));
    strangers.push(url.origin);
    return new Response("No such host.", { status: 502 });
  };
}

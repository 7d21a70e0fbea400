import { execFileSync } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakeCloudflare {
  /** Value for CLOUDFLARE_API_BASE_URL. */
  url: string;
  /** Names and values of the worker's secrets. */
  secrets: Map<string, string>;
  /** Titles of the KV namespaces made. */
  namespaces: string[];
  /** "METHOD /path?query" of every request, without the account. */
  requests: string[];
  /** Requests without a known answer. */
  unknown: string[];
  /** Command lines of all processes during requests that contain secrets. */
  commands: string[];
  /** Refuse uploads, as Cloudflare does for a token without permission. */
  refuses: boolean;
  /** Receive uploads and never answer them. */
  holds: boolean;
  stop(): Promise<void>;
}

const account = "11111111111111111111111111111111";
const namespaceId = "22222222222222222222222222222222";

/**
 * A local fake of the part of Cloudflare's API that `npm run deploy` uses: one account without a worker, with a
 * workers.dev subdomain. Its answers are what wrangler expects, which is not a documented contract of Cloudflare.
 */
export async function startFakeCloudflare(): Promise<FakeCloudflare> {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has a port
  let deployed = false;
  let enabled = false;

  const fake: FakeCloudflare = {
    url: `http://127.0.0.1:${port}/client/v4`,
    secrets: new Map(),
    namespaces: [],
    requests: [],
    unknown: [],
    commands: [],
    refuses: false,
    holds: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections(); // also those of held uploads
      }),
  };

  /** The answer of each route: a result, or one of Cloudflare's error codes. */
  const routes: Record<string, (body: string, page: number) => unknown> = {
    "GET /user/tokens/verify": () => ({ id: "token", status: "active" }),
    "GET /user": () => ({ id: "user", email: "operator@example.org" }),
    "GET /accounts": () => [{ id: account, name: "An operator" }],
    "GET /memberships": () => [{ id: "membership", account: { id: account, name: "An operator" } }],
    "GET /workers/services/ringbridge": () =>
      deployed ? { id: "ringbridge", default_environment: { script: { last_deployed_from: "wrangler" } } } : 10090,
    "GET /workers/scripts/ringbridge/settings": () =>
      deployed ? { bindings: [{ name: "OAUTH_KV", type: "kv_namespace", namespace_id: namespaceId }] } : 10007,
    "GET /workers/scripts/ringbridge/secrets": () =>
      deployed ? [...fake.secrets.keys()].map((name) => ({ name, type: "secret_text" })) : 10007,
    "GET /workers/scripts/ringbridge/deployments": () => ({ deployments: [] }),
    "GET /workers/subdomain": () => ({ subdomain: "operator" }),
    "GET /storage/kv/namespaces": (_body, page) =>
      page > 1 ? [] : fake.namespaces.map((title) => ({ id: namespaceId, title })),
    "POST /storage/kv/namespaces": (body) => {
      const { title } = JSON.parse(body) as { title: string }; // sent by wrangler
      if (fake.namespaces.includes(title)) return 10014;
      fake.namespaces.push(title);
      return { id: namespaceId, title };
    },
    "PUT /workers/scripts/ringbridge": () => {
      if (fake.refuses) return 10000;
      deployed = true;
      return { id: "ringbridge", etag: "etag", deployment_id: "deployment", startup_time_ms: 50 };
    },
    "GET /workers/workers/ringbridge": () => ({
      id: "ringbridge",
      name: "ringbridge",
      subdomain: { enabled, previews_enabled: false },
    }),
    "POST /workers/scripts/ringbridge/subdomain": () => {
      enabled = true;
      return { enabled, previews_enabled: false };
    },
    "PATCH /workers/scripts/ringbridge/secrets-bulk": (body) => {
      const { secrets } = JSON.parse(body) as { secrets: Record<string, { text: string }> }; // sent by wrangler
      fake.commands.push(...commandLines());
      for (const [name, { text }] of Object.entries(secrets)) fake.secrets.set(name, text);
      return [];
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const path = (request.url ?? "").replace(/^\/client\/v4/, "").replace(`/accounts/${account}`, "");
    fake.requests.push(`${request.method} ${path}`);
    const route = routes[`${request.method} ${path.split("?")[0]}`];
    if (fake.holds && request.method === "PUT") return;
    if (!route) fake.unknown.push(`${request.method} ${path}`);
    const result = route
      ? route(Buffer.concat(chunks).toString(), Number(/[?&]page=(\d+)/.exec(path)?.[1] ?? 1))
      : 7003;
    const failed = typeof result === "number";
    const status = result === 10000 ? 403 : result === 10014 ? 400 : 404;
    response.writeHead(failed ? status : 200, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        success: !failed,
        errors: failed ? [{ code: result, message: words[result] }] : [],
        messages: [],
        result: failed ? null : result,
        ...(Array.isArray(result) ? { result_info: { page: 1, total_pages: 1, count: result.length } } : {}),
      }),
    );
  }
  return fake;
}

/** The command line of every process, which any user of this computer can read. */
function commandLines(): string[] {
  return execFileSync("ps", ["-A", "-ww", "-o", "args"], { encoding: "utf8" }).split("\n");
}

const words: Record<number, string> = {
  7003: "Could not route to this address, perhaps your object identifier is invalid?",
  10000: "Authentication error",
  10007: "This Worker does not exist on your account.",
  10014: "create namespace: 'a namespace with this account ID and title already exists'",
  10090: "workers.api.error.service_not_found",
};

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callWrangler } from "./call-wrangler.ts";
import { namespaceExists, readNamespaceId } from "./read-wrangler.ts";

/** Lies beside wrangler.toml while it is used, because paths in it start there. */
const configPath = "wrangler.reuse.toml";

/**
 * Uploads the worker, with a KV namespace wrangler makes for it. An upload refused after that leaves the namespace without
 * a worker, and wrangler would try to make it again for ever: then it is deployed with the one that is there.
 * @returns Wrangler's report of the deployment, or null where Cloudflare did not take it.
 */
export function putWorker(name: string | null): string | null {
  const named = name === null ? [] : ["--name", name];
  const first = deploy(named);
  if (first.ok) return first.report;
  if (!namespaceExists(first.report)) return null;

  console.log("\nAn earlier attempt made the KV namespace and got no further. Deploying with that one …");
  const config = readFileSync("wrangler.toml", "utf8");
  const workerName = name ?? config.match(/^name = "(.*)"/m)?.[1];
  const { output } = callWrangler(["kv", "namespace", "list"], { capture: true });
  const id = readNamespaceId(output, `${workerName}-oauth-kv`);
  if (id === null) return null;
  writeFileSync(
    configPath,
    config.replace('binding = "OAUTH_KV"', (line) => `${line}\nid = ${JSON.stringify(id)}`),
  );
  const second = deploy(["-c", configPath, ...named]);
  rmSync(configPath);
  return second.ok ? second.report : null;
}

function deploy(parameters: readonly string[]): { ok: boolean; report: string } {
  const directory = mkdtempSync(join(tmpdir(), "deploy-"));
  const path = join(directory, "report.ndjson");
  const { status } = callWrangler(["deploy", ...parameters], { environment: { WRANGLER_OUTPUT_FILE_PATH: path } });
  const report = existsSync(path) ? readFileSync(path, "utf8") : "";
  rmSync(directory, { recursive: true });
  return { ok: status === 0, report };
}

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { callWrangler } from "./call-wrangler.ts";
import { namespaceExists, readNamespaceId } from "./read-wrangler.ts";

/** Temporary, in the directory of wrangler.toml, because its paths are relative to it. */
const configPath = "wrangler.reuse.toml";

/**
 * Uploads the worker; wrangler creates its KV namespace. If that upload is refused, the namespace exists without a
 * worker, and every later attempt to create it fails. Then deploy with the existing namespace.
 * @returns Wrangler's report of the deployment, or null if Cloudflare refused it.
 */
export function putWorker(name: string | null): string | null {
  const named = name === null ? [] : ["--name", name];
  const first = deploy(named);
  if (first.ok) return first.report;
  if (!namespaceExists(first.report)) return null;

  console.log("\nThe KV namespace exists from an earlier attempt. Deploying with it …");
  const config = readFileSync("wrangler.toml", "utf8");
  const workerName = name ?? config.match(/^name = "(.*)"/m)?.[1];
  const { output } = callWrangler(["kv", "namespace", "list"], { capture: true });
  const id = readNamespaceId(output, `${workerName}-oauth-kv`);
  if (id === null) return null;
  try {
    writeFileSync(
      configPath,
      config.replace('binding = "OAUTH_KV"', (line) => `${line}\nid = ${JSON.stringify(id)}`),
    );
    const second = deploy(["-c", configPath, ...named]);
    return second.ok ? second.report : null;
  } finally {
    rmSync(configPath, { force: true });
  }
}

function deploy(parameters: readonly string[]): { ok: boolean; report: string } {
  const directory = mkdtempSync(join(tmpdir(), "deploy-"));
  const path = join(directory, "report.ndjson");
  try {
    const { status } = callWrangler(["deploy", ...parameters], { environment: { WRANGLER_OUTPUT_FILE_PATH: path } });
    return { ok: status === 0, report: existsSync(path) ? readFileSync(path, "utf8") : "" };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

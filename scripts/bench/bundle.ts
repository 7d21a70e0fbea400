import { spawn } from "node:child_process";
import { bundleWorker } from "../bundle-worker.ts";
import { eagerModules } from "./eager-modules.ts";
import { quantile } from "./quantile.ts";

export interface BundleFigures {
  gzipKilobytes: number;
  rawKilobytes: number;
  /** Code that is evaluated when the worker starts, in thousands of bytes; the rest waits for an `import()`. */
  eagerKilobytes: number;
  /** CPU time of evaluating the module according to the profiler, including garbage collection; median. */
  startUpMilliseconds: number;
  startUpLeastMilliseconds: number;
}

/** Builds a worker as `wrangler deploy` would upload it. */
export async function build(config: string, directory: string): Promise<{ gzip: number; raw: number }> {
  const said = await runWrangler(["deploy", "--dry-run", "-c", config, "--outdir", directory]);
  const sizes = /Total Upload: ([\d.]+) KiB \/ gzip: ([\d.]+) KiB/.exec(said);
  if (!sizes) throw new Error(`wrangler did not report the bundle's size:\n${said.slice(-2_000)}`);
  return { raw: Number(sizes[1]), gzip: Number(sizes[2]) };
}

const startUps = 7;

export async function measureBundle(directory: string): Promise<BundleFigures> {
  const { raw, gzip } = await build("wrangler.toml", directory);
  const eager = [...eagerModules(await bundleWorker()).values()];
  const actives: number[] = [];
  for (let run = 0; run < startUps; run += 1) {
    const said = await runWrangler(["check", "startup", "--outfile", `${directory}/startup.cpuprofile`]);
    const active = /Active:\s+([\d.]+) ms/.exec(said)?.[1];
    if (active === undefined) throw new Error(`wrangler did not report the start-up time:\n${said.slice(-2_000)}`);
    actives.push(Number(active));
  }
  return {
    gzipKilobytes: gzip,
    rawKilobytes: raw,
    eagerKilobytes: eager.reduce((sum, one) => sum + one, 0) / 1_000,
    startUpMilliseconds: quantile(actives, 0.5),
    startUpLeastMilliseconds: Math.min(...actives),
  };
}

function runWrangler(parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["node_modules/wrangler/bin/wrangler.js", ...parameters], {
      env: { ...process.env, NO_COLOR: "1", WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" },
    });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve(said) : reject(new Error(said.slice(-2_000)))));
  });
}

import { spawnSync } from "node:child_process";

interface Options {
  input?: string;
  /** Whether standard output is returned instead of shown. Standard error is always shown. */
  capture?: boolean;
  environment?: NodeJS.ProcessEnv;
}

export function callWrangler(parameters: readonly string[], { input, capture, environment }: Options = {}) {
  const { status, stdout } = spawnSync(process.execPath, ["node_modules/wrangler/bin/wrangler.js", ...parameters], {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", ...environment },
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
    stdio: [input === undefined ? "inherit" : "pipe", capture ? "pipe" : "inherit", "inherit"],
  });
  return { status, output: stdout ?? "" };
}

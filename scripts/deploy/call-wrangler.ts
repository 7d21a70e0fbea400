import { spawnSync } from "node:child_process";

interface Options {
  /** Its standard input. */
  input?: string;
  /** Capture its standard output instead of showing it. Standard error is always shown. */
  capture?: boolean;
  environment?: NodeJS.ProcessEnv;
}

/** Runs the project's wrangler and waits for its end. */
export function callWrangler(parameters: readonly string[], { input, capture, environment }: Options = {}) {
  const { status, stdout } = spawnSync(process.execPath, ["node_modules/wrangler/bin/wrangler.js", ...parameters], {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", ...environment },
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
    stdio: [input === undefined ? "inherit" : "pipe", capture ? "pipe" : "inherit", "inherit"],
  });
  return { status, output: stdout ?? "" };
}
